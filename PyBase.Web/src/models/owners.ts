import { ownersIn } from './step'

declare const self: { onmessage: (event: MessageEvent<ArrayBuffer>) => void; postMessage: (answer: unknown) => void }

// What is not ASCII is escaped in such a file, or else is a name that no other code page would make right.
self.onmessage = ({ data }) => self.postMessage({ value: ownersIn(new TextDecoder('utf-8').decode(data)) })
