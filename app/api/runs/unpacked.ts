/**
 * The request without its headers, so that `answerJson` does not pack the answer: Next 16.4.5 drops `content-encoding` from
 * what a route answers (dist/server/send-response.js), and a browser cannot read a packed answer that does not say so.
 */
export const unpacked = (request: Request): Request => new Request(request.url)
