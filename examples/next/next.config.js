/** Left as it is installed: its modules of WebAssembly and its workers are found beside it. */
export default { serverExternalPackages: ['sluice'] }
