import { japanese as messages } from '@sluice/core/messages/ja'
import type { Locale } from '../locale.js'

export const locale: Locale = {
  language: 'ja',
  messages,
  texts: {
    chooseOne: '画像を選択',
    chooseMany: '画像を選択',
    orDrop: 'またはここにドロップ、貼り付け',
    accepted: '{formats}、{size} まで',
    dropNow: '離すと追加されます',
    waiting: '待機中',
    sending: '送信中 {percent} %',
    processing: '描き直しています',
    pausing: 'まもなく再送信します',
    uploaded: '保存しました',
    cancelled: '中止しました',
    cancel: '中止',
    retry: '再試行',
    remove: '取り除く',
    summary: '保存済み：{all} 件中 {done} 件。拒否：{refused} 件。',
    tooMany: 'ここで受け付ける画像は {max} 枚までです。',
    stillSending: 'すべての画像の送信が終わるまでお待ちください。',
    required: '画像を選択してください。',
    cropTitle: '表示する範囲を選択',
    cropFrame: '枠',
    cropHelp: '枠をドラッグするか、矢印キーで動かします。Shift キーを押しながらで大きさが変わります。',
    cropSize: '大きさ',
    cropDone: 'この範囲を使う',
    cropAll: '全体を使う',
    cropCancel: '中止',
  },
}
