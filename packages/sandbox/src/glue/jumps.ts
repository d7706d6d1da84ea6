import type { HostFunction, Instance } from '../instance.js'

/** What `longjmp` throws through the frames that it leaves. */
class LongJump {}

/**
 * The imports by which Emscripten does `setjmp` and `longjmp` without exceptions of WebAssembly: a function that may be
 * left is called by the host, which catches the jump. Everything else that is thrown goes on, the end of fuel too.
 * https://emscripten.org/docs/porting/setjmp-longjmp.html
 */
export function jumps(self: Instance, name: string): HostFunction | undefined {
  if (name === '_emscripten_throw_longjmp')
    return () => {
      throw new LongJump()
    }
  if (!name.startsWith('invoke_')) return undefined
  return (index = 0, ...args) => {
    const stack = self.run('stackSave')
    try {
      return (self.exports as { table: WebAssembly.Table }).table.get(index)?.(...args)
    } catch (thrown) {
      if (!(thrown instanceof LongJump)) throw thrown
      self.run('stackRestore', stack)
      self.run('setThrew', 1, 0)
      return 0
    }
  }
}
