const points = [
  [
    'Nothing leaves',
    'No server, no request: the policy of this page forbids them. Everything is drawn in a worker of your browser.',
  ],
  [
    'The same bytes',
    'The codecs that run on a server run here, and make the same file to the last bit. The hashes stand side by side.',
  ],
  [
    'Meant to be attacked',
    'Drop a bomb, a script, half a file. What is refused says why, and what it cost to find out.',
  ],
] as const

/** Before the first file. */
export function Welcome() {
  return (
    <section class="card welcome" aria-labelledby="welcome">
      <h2 id="welcome">A gate that lets through only what it has drawn itself</h2>
      <ol>
        {points.map(([title, text]) => (
          <li key={title}>
            <h3>{title}</h3>
            <p>{text}</p>
          </li>
        ))}
      </ol>
    </section>
  )
}
