import type { PartSpec } from "./specs.ts";

const IC = "Electronics/Semiconductors";
const PASSIVE = "Electronics/Passives";
const PLUG = "Electronics/Connectors";
const RADIO = "Electronics/Radio";
const SENSOR = "Electronics/Sensors";
const BOARD = "Electronics/Bare Boards";

/** What is soldered on boards. */
export const ELECTRONICS: readonly PartSpec[] = [
  chip("IC-0001", {
    name: "STM32U575CIT6",
    description: "Microcontroller, Cortex-M33, 2 MB flash, LQFP-48",
    price: [6.1, 8.4],
    minimum: 20,
  }),
  chip("IC-0002", {
    name: "TPS7A0233DBVR",
    description: "Linear regulator 3.3 V, 200 mA, 25 nA quiescent, SOT-23-5",
    price: [0.42, 0.68],
    minimum: 25,
  }),
  chip("IC-0003", {
    name: "MCP1700T-3302E",
    description: "Linear regulator 3.3 V, 250 mA, 1.6 µA quiescent, SOT-23",
    price: [0.31, 0.45],
    minimum: 0,
  }),
  chip("IC-0004", {
    name: "W25Q32JVSSIQ",
    description: "Serial flash 32 Mbit, SOIC-8",
    price: [0.55, 0.92],
    minimum: 25,
  }),
  chip("IC-0005", {
    name: "TPS2378DDAR",
    description: "Power-over-Ethernet interface, SO-8",
    price: [1.75, 2.6],
    minimum: 5,
  }),
  chip("IC-0006", { name: "LAN8742A-CZ", description: "Ethernet transceiver, QFN-24", price: [1.2, 1.85], minimum: 5 }),
  chip("DIO-0001", {
    name: "PESD5V0S1BL",
    description: "ESD protection diode 5 V, SOD-882",
    price: [0.035, 0.06],
    minimum: 100,
  }),
  chip("LED-0001", {
    name: "LED green 0603",
    description: "Status LED, 570 nm, 2 mA",
    price: [0.03, 0.05],
    minimum: 100,
  }),
  sensor("SEN-0001", {
    name: "SHT45-AD1B",
    description: "Humidity and temperature sensor, ±1 % RH",
    price: [3.9, 5.8],
    minimum: 20,
  }),
  sensor("SEN-0002", {
    name: "BMP390",
    description: "Barometric pressure sensor, LGA-10",
    price: [2.3, 3.4],
    minimum: 20,
  }),
  sensor("SEN-0003", {
    name: "VEML7700",
    description: "Ambient light sensor, side view",
    price: [1.05, 1.6],
    minimum: 0,
  }),
  passive("CAP-0001", {
    name: "Capacitor 100 nF 0402",
    description: "100 nF, 16 V, X7R, 10 %",
    price: [0.004, 0.009],
    minimum: 1000,
  }),
  passive("CAP-0002", {
    name: "Capacitor 1 µF 0402",
    description: "1 µF, 10 V, X5R, 10 %",
    price: [0.008, 0.015],
    minimum: 500,
  }),
  passive("CAP-0003", {
    name: "Capacitor 10 µF 0603",
    description: "10 µF, 10 V, X5R, 20 %",
    price: [0.02, 0.04],
    minimum: 300,
  }),
  passive("CAP-0004", {
    name: "Capacitor 12 pF 0402",
    description: "12 pF, 50 V, C0G, 5 %",
    price: [0.005, 0.011],
    minimum: 300,
  }),
  {
    key: "RES-0001",
    name: "Resistor 10 kΩ 0402",
    description: "10 kΩ, 1 %, 1/16 W; template of its packagings",
    category: PASSIVE,
    minimum: 1000,
    price: [0.001, 0.004],
    is: ["template"],
  },
  {
    key: "RES-0001-R",
    name: "Resistor 10 kΩ 0402, reel",
    description: "10 kΩ, 1 %, 1/16 W, reel of 10,000",
    category: PASSIVE,
    variantOf: "RES-0001",
    price: [0.001, 0.002],
    is: ["bought"],
  },
  {
    key: "RES-0001-T",
    name: "Resistor 10 kΩ 0402, cut tape",
    description: "10 kΩ, 1 %, 1/16 W, strips of 100",
    category: PASSIVE,
    variantOf: "RES-0001",
    price: [0.003, 0.004],
    is: ["bought"],
  },
  passive("RES-0002", {
    name: "Resistor 4.7 kΩ 0402",
    description: "4.7 kΩ, 1 %, 1/16 W",
    price: [0.001, 0.003],
    minimum: 500,
  }),
  passive("RES-0003", {
    name: "Resistor 100 Ω 0402",
    description: "100 Ω, 1 %, 1/16 W",
    price: [0.001, 0.003],
    minimum: 500,
  }),
  passive("RES-0004", {
    name: "Resistor 1 MΩ 0402",
    description: "1 MΩ, 1 %, 1/16 W",
    price: [0.001, 0.003],
    minimum: 300,
  }),
  passive("IND-0001", {
    name: "Inductor 4.7 µH",
    description: "4.7 µH, 800 mA, 2.5 × 2 mm",
    price: [0.09, 0.16],
    minimum: 50,
  }),
  passive("IND-0002", {
    name: "Inductor 3.3 nH 0402",
    description: "RF inductor 3.3 nH, wire wound",
    price: [0.04, 0.07],
    minimum: 200,
  }),
  passive("FER-0001", {
    name: "Ferrite bead 600 Ω 0402",
    description: "600 Ω at 100 MHz, 500 mA",
    price: [0.01, 0.02],
    minimum: 200,
  }),
  passive("FUS-0001", {
    name: "Resettable fuse 0.5 A",
    description: "PTC, 0.5 A hold, 15 V, 1206",
    price: [0.11, 0.19],
    minimum: 50,
  }),
  passive("NTC-0001", {
    name: "Thermistor 10 kΩ NTC",
    description: "10 kΩ, B 3435, wired bead",
    price: [0.35, 0.6],
    minimum: 20,
  }),
  passive("XTL-0001", {
    name: "Crystal 32.768 kHz",
    description: "32.768 kHz, 12.5 pF, 3215",
    price: [0.28, 0.45],
    minimum: 50,
  }),
  passive("XTL-0002", {
    name: "TCXO 32 MHz",
    description: "Temperature-compensated oscillator, ±0.5 ppm, 2016",
    price: [1.15, 1.9],
    minimum: 10,
  }),
  radio("RF-0001", { name: "SX1262IMLTRT", description: "LoRa transceiver, QFN-24", price: [3.4, 4.7], minimum: 20 }),
  radio("RF-0002", {
    name: "U.FL receptacle",
    description: "Coaxial connector, surface mount",
    price: [0.38, 0.7],
    minimum: 50,
  }),
  radio("RF-0003", {
    name: "Balun 868/915 MHz",
    description: "Integrated matching network for SX126x",
    price: [0.42, 0.66],
    minimum: 30,
  }),
  radio("ANT-0001", {
    name: "Antenna 868 MHz",
    description: "Whip antenna, N plug, IP67, 2 dBi",
    price: [5.9, 7.8],
    minimum: 10,
  }),
  radio("ANT-0002", {
    name: "Antenna 915 MHz",
    description: "Whip antenna, N plug, IP67, 2 dBi",
    price: [5.9, 7.8],
    minimum: 5,
  }),
  plug("CON-0001", {
    name: "M8 panel socket, 4-pin",
    description: "A-coded, rear mount, IP67, solder",
    price: [2.6, 3.9],
    minimum: 20,
  }),
  plug("CON-0002", {
    name: "JST PH header, 2-pin",
    description: "2 mm pitch, upright, through hole",
    price: [0.06, 0.11],
    minimum: 100,
  }),
  plug("CON-0003", {
    name: "Debug header 2×5",
    description: "1.27 mm pitch, surface mount",
    price: [0.44, 0.75],
    minimum: 0,
  }),
  plug("CON-0004", {
    name: "RJ45 jack with magnetics",
    description: "10/100 Mbit, PoE, shielded",
    price: [2.2, 3.3],
    minimum: 5,
  }),
  plug("CON-0005", {
    name: "M8 plug, 4-pin",
    description: "A-coded, screw lock, IP67, solder cup",
    price: [3.1, 4.4],
    minimum: 40,
  }),
  plug("CON-0006", {
    name: "End ferrule 0.14 mm²",
    description: "8 mm, insulated, grey",
    price: [0.012, 0.02],
    minimum: 500,
  }),
  plug("CON-0007", {
    name: "JST PH housing, 2-pin",
    description: "2 mm pitch, with crimp contacts",
    price: [0.09, 0.16],
    minimum: 100,
  }),
  { ...board("PCB-0010", { name: "Sensor Board PCB", revision: "A" }), is: ["bought", "inactive"] },
  { ...board("PCB-0010", { name: "Sensor Board PCB", revision: "B" }), revisionOf: "PCB-0010/A", minimum: 10 },
  { ...board("PCB-0020", { name: "Radio Module PCB", revision: "A" }), minimum: 20 },
  { ...board("PCB-0030", { name: "Gateway Board PCB", revision: "A" }), minimum: 4 },
  {
    key: "CPU-0001",
    name: "Compute module, 1 GB",
    description: "Linux module with eMMC 8 GB, 67.6 × 30 mm",
    category: IC,
    minimum: 2,
    price: [38, 46],
    is: ["bought"],
  },
];

type Words = Pick<PartSpec, "name" | "description" | "price" | "minimum">;

function chip(key: string, words: Words): PartSpec {
  return { key, category: IC, is: ["bought"], ...words };
}

function sensor(key: string, words: Words): PartSpec {
  return { key, category: SENSOR, is: ["bought"], ...words };
}

function passive(key: string, words: Words): PartSpec {
  return { key, category: PASSIVE, is: ["bought"], ...words };
}

function radio(key: string, words: Words): PartSpec {
  return { key, category: RADIO, is: ["bought"], ...words };
}

function plug(key: string, words: Words): PartSpec {
  return { key, category: PLUG, is: ["bought"], ...words };
}

function board(ipn: string, words: { readonly name: string; readonly revision: string }): PartSpec {
  const key = ipn === "PCB-0010" ? `${ipn}/${words.revision}` : ipn;
  const description = "Bare board, FR4, 4 layers, ENIG";
  return { key, category: BOARD, is: ["bought"], description, price: [1.4, 6.9], ...words };
}
