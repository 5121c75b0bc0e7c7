// The part of a large picture that is on the page. A browser walks through every element at each
// change of style and each paint, so pieces far out of sight wait in memory.

import { isScalar } from "../program/program.js";
import { writeTexts } from "./wires.js";

const MANY = 100; // wires; a picture with fewer is on the page as a whole
const MARGIN = 300; // pixels around the window of the scrolling place: room for a quick hand

export function keepToSight(session, place, svg) {
  const { wires, program } = session;
  session.wiresInSight = () => wires.filter(({ group }) => group.parentNode);
  session.putOnPage = () => {};
  place.onscroll = null;
  if (wires.length <= MANY || !isScalar(program)) return; // arrays stay: Tab goes from one to the next
  const pieces = [...svg.querySelectorAll(".edge, .node")];
  const whole = pieces[0].parentNode;
  const end = pieces.at(-1)?.nextSibling ?? null; // beads stay above all pieces
  let boxes = null;
  const showAll = () => {
    const { scrollLeft, scrollTop } = place; // paper does not scroll, and its place is lost
    const goBack = () => place.scrollTo(scrollLeft, scrollTop);
    window.addEventListener("afterprint", goBack, { once: true });
    showOnly(whole, pieces, end, () => true);
  };
  window.addEventListener("beforeprint", showAll, { signal: session.signal });
  session.putOnPage = (piece) => showOnly(whole, pieces, end, (p) => p.parentNode || p === piece);
  place.onscroll = () => {
    if (!place.clientWidth || matchMedia("print").matches) return; // nothing can be measured
    boxes ??= pieces.map((piece) => piece.getBBox());
    const isNear = nearTo(windowOf(place, whole));
    showOnly(whole, pieces, end, (_, k) => isNear(boxes[k]));
    writeTexts(session.wiresInSight());
  };
}

// Takes pieces from the page and puts them back between their neighbours, each where it was.
function showOnly(whole, pieces, end, isShown) {
  pieces.reduceRight((next, piece, k) => {
    if (!isShown(piece, k)) {
      piece.remove();
      return next;
    }
    if (!piece.parentNode) whole.insertBefore(piece, next);
    return piece;
  }, end);
}

// Two corners of the scrolling place with its margin, in the picture's own units.
function windowOf(place, whole) {
  const { left, top, right, bottom } = place.getBoundingClientRect();
  const toPicture = whole.getScreenCTM().inverse();
  const corner = (x, y) => new DOMPoint(x, y).matrixTransform(toPicture);
  return [corner(left - MARGIN, top - MARGIN), corner(right + MARGIN, bottom + MARGIN)];
}

/** @param {DOMPoint[]} corners */
const nearTo =
  ([from, to]) =>
  ({ x, y, width, height }) =>
    x < to.x && x + width > from.x && y < to.y && y + height > from.y;
