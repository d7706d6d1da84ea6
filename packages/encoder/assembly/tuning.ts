// Every constant that was tuned on pictures instead of derived. They are exported globals of the module, so that
// benchmarks/encoder/tune.mjs can sweep any of them by name and print what it does to bytes at equal quality.

/**
 * Exchange rate of the decision J = D + lambda R: lambda = lambdaScale / 1000 * q^2 for each bit, with D the squared
 * error of coefficients and q the AC step. At high rates a uniform quantiser has D = q^2 / 12 and dD / dR = -2 ln 2 D,
 * which gives 0.116 q^2; most levels of a photograph are 0 or 1, where the optimum is lower.
 */
export let lambdaScale: i32 = 70
/**
 * Chroma pays this percentage of lambda, since its errors spread over four pixels and are seen as drift of hue, and more by what a
 * picture that is flat throughout adds. There diffusion keeps the hue, what is left is mostly noise, and luma misses the bits: with 50
 * everywhere, against 66, RGB gained 0.4 % (the worst 0.8 %) over 15 pictures, and a nearly flat photograph lost 1.2 % by SSIM.
 */
export let chromaLambdaPercent: i32 = 40
export let chromaLambdaFlatPercent: i32 = 30
/**
 * Share of a chroma DC's error that is passed on to its neighbours. More costs bits that luma then lacks; with less the mean hue of
 * flats (over 32 x 32 pixels) is further off than libwebp's at low quality.
 */
export let chromaDiffusionPercent: i32 = 75
/** Chroma DC uses the step of an index this much lower (the field holds -15 to 15): the less there is to diffuse. */
export let chromaDcDelta: i32 = -2
/**
 * Chroma AC uses the step of an index higher by this percentage of what the mean activity of chroma exceeds chromaBusyAbove by, up to
 * MAX_CHROMA_DELTA: where colours change everywhere, as in flowers and leaves, chroma would take bits that luma needs.
 */
export let chromaBusyPercent: i32 = 25
export let chromaBusyAbove: i32 = 30
/**
 * The other three index deltas of section 9.6. Y2 AC holds the slopes across a macroblock, 15 coefficients for 256 pixels, and is for
 * gradients what they look like: two indices finer saves 0.4 % of bytes by SSIMULACRA 2 (0.6 to 0.8 in the worst) and costs 0.15 by SSIM.
 */
export let lumaDcDelta: i32 = 0
export let y2DcDelta: i32 = 0
export let y2AcDelta: i32 = -2
/** Dead zone in 1/1000 of a step, taken off before rounding to the upper candidate: above 0.5 + this it is a level. */
export let deadZone: i32 = 50
/** The same where nothing weighs rate against distortion afterwards (effort 0). */
export let roundingDeadZone: i32 = 150
/**
 * The lower candidate L - 1 is tried too when rounding went up by more than this (1/256 of a step): for L = 1, and
 * for larger levels. Below it the lower one almost never wins.
 */
export let secondCandidateOne: i32 = 40
export let secondCandidateMore: i32 = 100
/** Weight of a mode's bits where candidates are ranked by the sum of absolute coefficients, in percent of a step a bit. */
export let sadModePercent: i32 = 30
/** The same for chroma modes, in percent of the luma weight. */
export let chromaModePercent: i32 = 30
/** Weight of a mode's bits in the estimated cost (1/256 of a step squared for each bit). */
export let estimateModeWeight: i32 = 17
/** Ratio of real to estimated cost of a 16x16 prediction, percent: decides whether exact costs are worth computing. */
export let estimatePercent: i32 = 80
/** Above this estimate 16x16 seldom wins, so 4x4 is searched first and 16x16 only against its result. */
export let subblocksFirstAbove: i32 = 4000
/** Step of a macroblock as a power of its activity, in percent: q ~ activity ^ 0.36. 0 turns segmentation off. */
export let segmentStrength: i32 = 36
/**
 * Activity above the mean beyond which the step rises no more. Where a few busy things stand before a flat ground they would take the
 * coarsest steps, and PSNR suffers more than SSIM gains.
 */
export let segmentRise: i32 = 20
/**
 * Loop filter level in percent of the AC step, where activity is up to filterFlatActivity and from filterBusyActivity on (between
 * them it is interpolated): flats need it against blocking, textures are blurred by it.
 */
export let filterFlatActivity: i32 = 47
export let filterBusyActivity: i32 = 90
export let filterFlatPercent: i32 = 14
/**
 * What a picture that is flat throughout adds to the percentage in flats: the more of it is flat, the less else there is to look at. It
 * falls with the cube of the share: a sky above a street needs no more than other flats, and dark noise throughout does.
 */
export let filterFlatSharePercent: i32 = 22
export let filterBusyPercent: i32 = 8
/**
 * In flats the percentage grows by one for each unit of the AC step above this: at low quality blocks show in dark gradients and
 * skies. SSIM and PSNR gain by it, SSIMULACRA 2 loses half a point; judged by eye, on crops at 400 %.
 */
export let filterGrowsAbove: i32 = 20
/**
 * Sharpness 0 to 7 (section 15.2) keeps the filter off edges. 4 saves 0.35 % of bytes by SSIMULACRA 2, and costs as much by SSIM,
 * half as much by PSNR, and 3 to 4 % by SSIM in dark noisy skies (tune.mjs --crop 384, all photographs).
 */
export let filterSharpness: i32 = 0
/** Weight of the statistics so far against the default probabilities: this many events are mixed in. */
export let priorEvents: i32 = 16
