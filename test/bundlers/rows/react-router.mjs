/** @type {import('../row.js').Row} */
export default {
  title: 'React Router, framework mode',
  node: '24',
  install: {
    'react-router': '8.4.0',
    '@react-router/dev': '8.4.0',
    '@react-router/node': '8.4.0',
    '@react-router/serve': '8.4.0',
    isbot: '5.2.3',
    react: '19.2.1',
    'react-dom': '19.2.1',
    vite: '8.3.8',
  },
  files: {
    'vite.config.js': `
import { reactRouter } from '@react-router/dev/vite'

export default { plugins: [reactRouter()] }
`,
    'app/root.jsx': `
import { Outlet, Scripts } from 'react-router'

export default () => <html><body><Outlet /><Scripts /></body></html>
`,
    'app/routes.js': `
import { index, route } from '@react-router/dev/routes'

export default [index('home.jsx'), route('images', 'images.js')]
`,
    'app/home.jsx': 'export default () => <p>here</p>\n',
    'app/images.js': `
import { uploadHandler } from '@sluice/adapters/fetch'

const upload = uploadHandler({ store: './uploads', public: true })

export const action = ({ request }) => upload(request)
`,
  },
  build: ['react-router build'],
  start: 'react-router-serve build/server/index.js',
}
