// What bundlers put in place of Node's globals for the npm package cobs.
export { Buffer } from "buffer/";
