import { chinese as messages } from '@sluice/core/messages/zh'
import type { Locale } from '../locale.js'

export const locale: Locale = {
  language: 'zh',
  messages,
  texts: {
    chooseOne: '选择图片',
    chooseMany: '选择图片',
    orDrop: '或拖放、粘贴到这里',
    accepted: '{formats}，最大 {size}',
    dropNow: '松开即可添加',
    waiting: '等待中',
    sending: '正在发送，{percent} %',
    processing: '正在重新绘制',
    pausing: '稍后将重新发送',
    uploaded: '已保存',
    cancelled: '已取消',
    cancel: '取消',
    retry: '重试',
    remove: '移除',
    summary: '已保存：{done}/{all}。被拒绝：{refused}。',
    tooMany: '这里最多接受 {max} 张图片。',
    stillSending: '请等待所有图片发送完毕。',
    required: '请选择一张图片。',
    cropTitle: '选择要显示的部分',
    cropFrame: '选框',
    cropHelp: '拖动选框，或用方向键移动。按住 Shift 键可改变大小。',
    cropSize: '大小',
    cropDone: '使用这一部分',
    cropAll: '使用整张图片',
    cropCancel: '取消',
  },
}
