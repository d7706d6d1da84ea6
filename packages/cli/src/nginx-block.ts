import { bodyLimit, formatTable, keyGrammar, outputFormats, type Policy, usualExtension } from '@sluice/core'

export interface Site {
  /** Where uploads are posted to. */
  readonly uploadPath: string
  /** Where finished images are served; ends with a slash. */
  readonly publicPath: string
  /** The public folder of the store; absolute, ends with a slash. */
  readonly folder: string
  /** Where the application listens. */
  readonly upstream: string
  /** Most files that the application takes in a request. */
  readonly maxFiles: number
}

/**
 * Core's grammar of keys, which PCRE reads as it is, without its anchors and the escapes of JavaScript's
 * slashes.
 */
const keyPattern = keyGrammar.source.replace(/^\^|\$$/g, '').replaceAll('\\/', '/')

/**
 * For a `server` block of Nginx: the same limit as the policy in front of uploads, and nothing but images
 * behind.
 */
export function nginxBlock(
  policy: Policy,
  { uploadPath, publicPath, folder, upstream, maxFiles }: Site,
): string {
  return `# Made by sluice nginx for policy ${policy.version}. Include it in a server block.

# Uploads of up to ${maxFiles} at once: refused with 413 at the first byte over what the policy allows for
# them together, before the application sees any. Give the application \`trustProxy: 1\`: without it all clients are the address of this server.
location = ${uploadPath} {
    client_max_body_size ${nginxSize(bodyLimit(policy, maxFiles))};
    client_body_timeout 10s;
    proxy_pass ${upstream};
    proxy_set_header Host $http_host;
    proxy_set_header X-Forwarded-For $remote_addr;
    proxy_set_header X-Forwarded-Proto $scheme;
}

# Finished images: names of ours only, nothing executed, nothing guessed, no link followed.
location ^~ ${publicPath} {
    location ~ "^${escapePattern(publicPath)}(?<sluice_key>${keyPattern})$" {
        alias ${folder}$sluice_key;
        disable_symlinks on from=${folder};
        limit_except GET { deny all; }
        types { ${outputFormats.map(format => `${formatTable[format].type} ${usualExtension(format)};`).join(' ')} }
        default_type application/octet-stream;
        add_header X-Content-Type-Options nosniff always;
        add_header Content-Security-Policy "default-src 'none'; sandbox" always;
        add_header Cross-Origin-Resource-Policy same-site always;
        add_header Cache-Control "public, max-age=31536000, immutable";
    }
    return 404;
}
`
}

/** Nginx counts in powers of two as the policy does, and knows no unit above g. */
function nginxSize(bytes: number): string {
  const units = [
    ['m', 2 ** 20],
    ['k', 2 ** 10],
  ] as const
  for (const [unit, size] of units) if (bytes % size === 0) return `${bytes / size}${unit}`
  return String(bytes)
}

function escapePattern(text: string): string {
  return text.replace(/[.+-]/g, '\\$&')
}
