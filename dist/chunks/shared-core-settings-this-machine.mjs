import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);
import{a as t}from"./shared-runtime.mjs";function n(i){return/^(?:localhost|\[::1\]|::1|127(?:\.\d{1,3}){3})$/i.test(i)}t(n,"isThisMachine");export{n as a};
