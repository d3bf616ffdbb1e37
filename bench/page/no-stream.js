// The npm package cobs asks for Node's streams for calls that the bench does not make.
export class Duplex {}
