import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);
import{b as r,d as i}from"./shared-runtime.mjs";var o=i((p,e)=>{e.exports=r("node:http")});export{o as a};
