import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);
import{a as r}from"./shared-runtime.mjs";function i(t,{secrets:l,shortest:o}){return l.filter(e=>e.length>=o).sort((e,n)=>n.length-e.length).reduce((e,n)=>e.includes(n)?e.replaceAll(n,"***"):e,t)}r(i,"withoutSecrets");export{i as a};
