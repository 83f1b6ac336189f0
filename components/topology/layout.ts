/** Where sites and streams stand on the map. All in pixels of the box that the map is drawn in. */

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface MapLayout {
  readonly height: number
  /** In the order of the sites. */
  readonly boxes: readonly Box[]
}

/** Nodes give way before the labels between them do. */
const nodeWidth = (width: number): number => Math.round(Math.min(216, Math.max(200, width * 0.27)))
const NODE_HEIGHT = 112
const MARGIN = 4
/** Below this two nodes and a label do not stand side by side: a list says it better. */
export const LEAST_WIDTH = 560

/**
 * One in the middle, two side by side, three as a triangle, more on an ellipse that begins at the top left, so that the
 * first two of the configuration stand where one looks first. `room` is the height that there is to fill.
 */
export function layoutSites(count: number, width: number, room = 0): MapLayout {
  const size = nodeWidth(width)
  const left = MARGIN + size / 2
  const right = width - left
  const at = (x: number, y: number): Box => ({
    x: x - size / 2,
    y: y - NODE_HEIGHT / 2,
    width: size,
    height: NODE_HEIGHT,
  })
  if (count <= 1) {
    return { height: NODE_HEIGHT + 2 * MARGIN, boxes: [at(width / 2, MARGIN + NODE_HEIGHT / 2)].slice(0, count) }
  }
  if (count === 2) {
    const height = Math.max(280, Math.min(room, 420))
    return { height, boxes: [at(left, height / 2), at(right, height / 2)] }
  }
  if (count === 3) {
    const height = Math.max(400, Math.min(room, 520))
    const top = 50 + NODE_HEIGHT / 2
    return { height, boxes: [at(left, top), at(right, top), at(width / 2, height - MARGIN - NODE_HEIGHT / 2)] }
  }
  const height = Math.max(400, Math.ceil(count / 2) * (NODE_HEIGHT + 76), Math.min(room, 640))
  const radius = { x: width / 2 - left, y: height / 2 - NODE_HEIGHT / 2 - MARGIN }
  const boxes = Array.from({ length: count }, (_, index) => {
    const angle = (-3 * Math.PI) / 4 + (2 * Math.PI * index) / count
    return at(width / 2 + radius.x * Math.cos(angle), height / 2 + radius.y * Math.sin(angle))
  })
  return { height, boxes }
}

interface Point {
  readonly x: number
  readonly y: number
}

export interface Edge {
  /** The curve as an SVG path. */
  readonly path: string
  /** The arrow's head as the points of a polygon. */
  readonly head: string
  /** Where the label's middle is. */
  readonly label: Point
}

/**
 * An arrow from one box to another, bent to its right-hand side, so that the two directions of a pair never lie on
 * each other.
 */
export function edgeBetween(from: Box, to: Box, bend = 46): Edge {
  const start = centre(from)
  const end = centre(to)
  const length = Math.hypot(end.x - start.x, end.y - start.y) || 1
  const across = { x: (end.y - start.y) / length, y: -(end.x - start.x) / length }
  // Leaving and arriving a little aside of the middle keeps the ends of both directions apart.
  const aside = 16
  const a = moved(start, across, aside)
  const b = moved(end, across, aside)
  const control = moved(between(a, b), across, bend * 1.5)
  const tail = exit(from, a, control)
  const tip = exit(to, b, control)
  const label = { x: (tail.x + 2 * control.x + tip.x) / 4, y: (tail.y + 2 * control.y + tip.y) / 4 }
  return {
    path: `M${point(tail)} Q${point(control)} ${point(tip)}`,
    head: headAt(tip, Math.atan2(tip.y - control.y, tip.x - control.x)),
    label,
  }
}

const centre = (of: Box): Point => ({ x: of.x + of.width / 2, y: of.y + of.height / 2 })
const between = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 })
const moved = (from: Point, along: Point, by: number): Point => ({ x: from.x + along.x * by, y: from.y + along.y * by })
const round = (value: number) => Math.round(value * 10) / 10
const point = ({ x, y }: Point): string => `${round(x)},${round(y)}`

/** Where the line from a point inside the box towards another leaves the box. */
function exit(of: Box, inside: Point, towards: Point): Point {
  const dx = towards.x - inside.x
  const dy = towards.y - inside.y
  const reach = (delta: number, low: number, high: number, at: number) =>
    delta === 0 ? Number.POSITIVE_INFINITY : ((delta > 0 ? high : low) - at) / delta
  const t = Math.min(reach(dx, of.x, of.x + of.width, inside.x), reach(dy, of.y, of.y + of.height, inside.y))
  return { x: inside.x + dx * Math.max(0, t), y: inside.y + dy * Math.max(0, t) }
}

function headAt(tip: Point, angle: number): string {
  const corner = (turn: number) => ({ x: tip.x - 11 * Math.cos(angle + turn), y: tip.y - 11 * Math.sin(angle + turn) })
  return [tip, corner(0.42), corner(-0.42)].map(point).join(' ')
}
