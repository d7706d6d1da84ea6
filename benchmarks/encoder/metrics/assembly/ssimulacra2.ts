// SSIMULACRA 2.1 (J. Sneyers, Cloudinary, 2023): a score from 100 (no difference to be seen) downwards, fitted to some
// 22,000 opinions on compressed photographs; its authors report a Spearman correlation of 0.88 with those set apart.
// Written from the description in libjxl's tools/ssimulacra2.cc; the constants are its published ones.
import { blur } from './blur'

const SCALES = 6
const C2: f64 = 0.0009
// For X, Y, B: six scales of two norms (mean, 4-norm) of three maps (SSIM, artefacts, lost detail).
const WEIGHTS: usize = memory.data<f64>([
  0, 0.0007376606707406586, 0, 0, 0.0007793481682867309, 0, 0, 0.0004371155730107379, 0, 1.1041726426657346, 0.00066284834129271, 0.00015231632783718752,
  0, 0.0016406437456599754, 0, 1.8422455520539298, 11.441172603757666, 0, 0.0007989109436015163, 0.000176816438078653, 0, 1.8787594979546387, 10.94906990605142, 0,
  0.0007289346991508072, 0.9677937080626833, 0, 0.00014003424285435884, 0.9981766977854967, 0.00031949755934435053, 0.0004550992113792063, 0, 0, 0.0013648766163243398, 0, 0,
  0, 0, 0, 7.466890328078848, 0, 17.445833984131262, 0.0006235601634041466, 0, 0, 6.683678146179332, 0.00037724407979611296, 1.027889937768264,
  225.20515300849274, 0, 0, 19.213238186143016, 0.0011401524586618361, 0.001237755635509985, 176.39317598450694, 0, 0, 24.43300999870476, 0.28520802612117757, 0.0004485436923833408,
  0, 0, 0, 34.77906344483772, 44.835625328877896, 0, 0, 0, 0, 0, 0, 0,
  0, 0.0008680556573291698, 0, 0, 0, 0, 0, 0.0005313191874358747, 0, 0.00016533814161379112, 0, 0,
  0, 0, 0, 0.0004179171803251336, 0.0017290828234722833, 0, 0.0020827005846636437, 0, 0, 8.826982764996862, 23.19243343998926, 0,
  95.1080498811086, 0.9863978034400682, 0.9834382792465353, 0.0012286405048278493, 171.2667255897307, 0.9807858872435379, 0, 0, 0, 0.0005130064588990679, 0, 0.00010854057858411537,
], 16)

const LINEAR: usize = memory.data(1024, 16)
const NORMS: usize = memory.data(108 * 8, 16)

function fillLinear(): void {
  for (let i = 0; i < 256; i++) {
    const v = <f64>i / 255
    store<f32>(LINEAR + (i << 2), <f32>(v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
  }
}

/** Cube root of four positive floats: a third of the exponent, then two steps of Halley. */
@inline function cbrt(v: v128): v128 {
  let y: v128 = i32x4.add(i32x4.trunc_sat_f32x4_s(f32x4.mul(f32x4.convert_i32x4_s(v), f32x4.splat(1.0 / 3.0))), i32x4.splat(709921077))
  for (let i = 0; i < 2; i++) {
    const cube = f32x4.mul(f32x4.mul(y, y), y)
    y = f32x4.div(f32x4.mul(y, f32x4.add(cube, f32x4.add(v, v))), f32x4.add(f32x4.add(cube, cube), v))
  }
  return y
}

@inline function mix(p: usize, plane: usize, r: f32, g: f32, b: f32): v128 {
  const sum = f32x4.add(f32x4.mul(v128.load(p), f32x4.splat(r)), f32x4.add(f32x4.mul(v128.load(p + plane), f32x4.splat(g)), f32x4.mul(v128.load(p + plane * 2), f32x4.splat(b))))
  return f32x4.sub(cbrt(f32x4.max(f32x4.add(sum, f32x4.splat(0.0037930732552754493)), f32x4.splat(1e-9))), f32x4.splat(0.1559542025327239180))
}

/** Linear RGB planes -> the XYB planes of JPEG XL, shifted and scaled to positive numbers. */
function toXyb(linear: usize, out: usize, plane: usize): void {
  for (let i: usize = 0; i < plane; i += 16) {
    const l = mix(linear + i, plane, 0.30, 0.622, 0.078), m = mix(linear + i, plane, 0.23, 0.692, 0.078)
    const s = mix(linear + i, plane, 0.24342268924547819, 0.20476744424496821, 0.5518098665095536)
    const half = f32x4.splat(0.5), y = f32x4.mul(half, f32x4.add(l, m))
    v128.store(out + i, f32x4.add(f32x4.mul(f32x4.mul(half, f32x4.sub(l, m)), f32x4.splat(14)), f32x4.splat(0.42)))
    v128.store(out + plane + i, f32x4.add(y, f32x4.splat(0.01)))
    v128.store(out + plane * 2 + i, f32x4.add(f32x4.sub(s, y), f32x4.splat(0.55)))
  }
}

function multiply(a: usize, b: usize, out: usize, plane: usize): void {
  for (let i: usize = 0; i < plane; i += 16) v128.store(out + i, f32x4.mul(v128.load(a + i), v128.load(b + i)))
}

@inline function strideOf(width: i32): i32 { return (width + 3) & ~3 }

function toLinear(rgba: usize, out: usize, width: i32, height: i32): void {
  const stride = strideOf(width), plane = <usize>stride * height << 2
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) {
    const p = rgba + (<usize>(y * width + x) << 2), o = out + (<usize>(y * stride + x) << 2)
    for (let c: usize = 0; c < 3; c++) store<f32>(o + plane * c, load<f32>(LINEAR + (<usize>load<u8>(p + c) << 2)))
  }
}

/** Halves in place, by means of four (the last row and column repeat). */
function halve(planes: usize, width: i32, height: i32): void {
  const stride = strideOf(width), w = (width + 1) >> 1, h = (height + 1) >> 1, to = strideOf(w)
  for (let c = 0; c < 3; c++) {
    const from = planes + (<usize>c * stride * height << 2), out = planes + (<usize>c * to * h << 2)
    for (let y = 0; y < h; y++) {
      const a = from + (<usize>(2 * y) * stride << 2), b = from + (<usize>min(2 * y + 1, height - 1) * stride << 2)
      for (let x = 0; x < w; x++) {
        const l = <usize>(2 * x) << 2, r = <usize>min(2 * x + 1, width - 1) << 2
        store<f32>(out + (<usize>(y * to + x) << 2), (load<f32>(a + l) + load<f32>(a + r) + load<f32>(b + l) + load<f32>(b + r)) * 0.25)
      }
    }
  }
}

/** Two RGBA pictures of one size (opaque); `work` holds 17 planes of floats and a line. */
export function ssimulacra2(first: usize, second: usize, width: i32, height: i32, work: usize): f64 {
  fillLinear()
  memory.fill(NORMS, 0, 108 * 8)
  const most = <usize>strideOf(width) * height << 2
  const linear1 = work, linear2 = work + most * 3, x1 = linear2 + most * 3, x2 = x1 + most * 3
  const product = x2 + most * 3, temp = product + most, s11 = temp + most, s22 = s11 + most, s12 = s22 + most
  const m1 = s12 + most, m2 = m1 + most, line = m2 + most
  toLinear(first, linear1, width, height)
  toLinear(second, linear2, width, height)
  for (let scale = 0; scale < SCALES && width >= 8 && height >= 8; scale++) {
    if (scale) {
      halve(linear1, width, height)
      halve(linear2, width, height)
      width = (width + 1) >> 1
      height = (height + 1) >> 1
    }
    const stride = strideOf(width), plane = <usize>stride * height << 2
    toXyb(linear1, x1, plane)
    toXyb(linear2, x2, plane)
    for (let c = 0; c < 3; c++) {
      const a = x1 + plane * c, b = x2 + plane * c
      multiply(a, a, product, plane)
      blur(product, temp, s11, line, stride, width, height)
      multiply(b, b, product, plane)
      blur(product, temp, s22, line, stride, width, height)
      multiply(a, b, product, plane)
      blur(product, temp, s12, line, stride, width, height)
      blur(a, temp, m1, line, stride, width, height)
      blur(b, temp, m2, line, stride, width, height)
      addNorms(NORMS + (<usize>(c * SCALES + scale) * 48), a, b, s11, s22, s12, m1, m2, stride, width, height)
    }
  }
  let sum: f64 = 0
  for (let i: usize = 0; i < 108; i++) sum += load<f64>(WEIGHTS + (i << 3)) * load<f64>(NORMS + (i << 3))
  sum *= 0.9562382616834844
  sum = 2.326765642916932 * sum - 0.020884521182843837 * sum * sum + 6.248496625763138e-05 * sum * sum * sum
  return sum > 0 ? 100 - 10 * sum ** 0.6276336467831387 : 100
}

@inline function quartic(v: f64): f64 { v *= v; return v * v }
@inline function root(v: f64): f64 { return Math.sqrt(Math.sqrt(v)) }

function addNorms(out: usize, a: usize, b: usize, s11: usize, s22: usize, s12: usize, m1: usize, m2: usize, stride: i32, width: i32, height: i32): void {
  let ssim1: f64 = 0, ssim4: f64 = 0, art1: f64 = 0, art4: f64 = 0, lost1: f64 = 0, lost4: f64 = 0
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) {
    const i = <usize>(y * stride + x) << 2
    const u = <f64>load<f32>(m1 + i), v = <f64>load<f32>(m2 + i)
    const covariance = 2 * (<f64>load<f32>(s12 + i) - u * v) + C2
    const variances = <f64>load<f32>(s11 + i) - u * u + <f64>load<f32>(s22 + i) - v * v + C2
    const d = max<f64>(0, 1 - (1 - (u - v) * (u - v)) * covariance / variances)
    ssim1 += d
    ssim4 += quartic(d)
    const edge = (1 + Math.abs(<f64>load<f32>(b + i) - v)) / (1 + Math.abs(<f64>load<f32>(a + i) - u)) - 1
    if (edge > 0) { art1 += edge; art4 += quartic(edge) } else { lost1 -= edge; lost4 += quartic(edge) }
  }
  const n: f64 = 1.0 / (<f64>width * height)
  store<f64>(out, ssim1 * n)
  store<f64>(out, art1 * n, 8)
  store<f64>(out, lost1 * n, 16)
  store<f64>(out, root(ssim4 * n), 24)
  store<f64>(out, root(art4 * n), 32)
  store<f64>(out, root(lost4 * n), 40)
}
