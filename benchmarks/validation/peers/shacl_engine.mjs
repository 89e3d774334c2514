// shacl-engine on node. Usage: node shacl_engine.mjs JOB (orders as in worker.py), or: node shacl_engine.mjs SHAPES DATA
// NODE_FOLDER holds the node_modules with shacl-engine, n3, rdf-ext and @rdfjs/dataset.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'

const installed = createRequire(pathToFileURL(process.env.NODE_FOLDER + '/package.json'))
const load = (name) => import(pathToFileURL(installed.resolve(name)).href)
const { Parser, Writer } = (await load('n3')).default
const dataset = (await load('@rdfjs/dataset')).default
const factory = (await load('rdf-ext')).default
const { Validator } = await load('shacl-engine')
const { validations, targetResolvers } = await load('shacl-engine/sparql.js')

const parse = (text) => dataset.dataset(new Parser().parse(text))

function prepare(shapes) {
  const validator = new Validator(parse(shapes), { factory, validations, targetResolvers })
  return async (text) => {
    const report = await validator.validate({ dataset: parse(text) })
    return new Writer({ format: 'N-Triples' }).quadsToString([...report.dataset])
  }
}

async function runRound(check, texts, seconds) {
  let checked = 0
  const begin = performance.now()
  while (checked === 0 || performance.now() - begin < seconds * 1000) {
    for (const text of texts) await check(text)
    checked += texts.length
  }
  return (performance.now() - begin) / checked
}

async function answerOrders(job) {
  const say = (answer) => process.stdout.write(JSON.stringify(answer) + '\n')
  try {
    const check = prepare(job.shapes)
    say({ ready: true })
    for await (const line of createInterface({ input: process.stdin })) {
      const [order, seconds] = line.split(' ')
      if (order === 'round') {
        say({ ms: await runRound(check, job.reports, Number(seconds)) })
      } else {
        const written = []
        for (const text of job.reports) written.push(await check(text))
        say({ written })
      }
    }
  } catch (error) {
    say({ error: String(error).slice(0, 300) })
  }
}

const [first, data] = process.argv.slice(2)
if (data) {
  process.stdout.write(await prepare(readFileSync(first, 'utf8'))(readFileSync(data, 'utf8')))
} else {
  await answerOrders(JSON.parse(readFileSync(first, 'utf8')))
}
