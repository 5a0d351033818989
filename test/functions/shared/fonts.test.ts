import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { it } from "node:test";
import { Fonts } from "../../../functions/shared/fonts.ts";

const fonts = new Fonts(join(import.meta.dirname, "../../../node_modules/@fontsource"));

it("has a font for the letters of each script, and takes no more files than a text needs", () => {
  const greetings: [string, string][] = [
    ["Hello", "noto-sans-latin"],
    ["Γειά", "noto-sans-greek"],
    ["Привет", "noto-sans-cyrillic"],
    ["नमस्ते", "noto-sans-devanagari"],
    ["مرحبا", "noto-sans-arabic-arabic"],
    ["שלום", "noto-sans-hebrew-hebrew"],
    ["สวัสดี", "noto-sans-thai-thai"],
    ["নমস্কার", "noto-sans-bengali-bengali"],
    ["வணக்கம்", "noto-sans-tamil-tamil"],
    ["నమస్తే", "noto-sans-telugu-telugu"],
    ["નમસ્તે", "noto-sans-gujarati-gujarati"],
    ["ਸਤਿ ਸ੍ਰੀ ਅਕਾਲ", "noto-sans-gurmukhi-gurmukhi"],
    ["ನಮಸ್ಕಾರ", "noto-sans-kannada-kannada"],
    ["നമസ്കാരം", "noto-sans-malayalam-malayalam"],
    ["ආයුබෝවන්", "noto-sans-sinhala-sinhala"],
    ["გამარჯობა", "noto-sans-georgian-georgian"],
    ["Բարեւ", "noto-sans-armenian-armenian"],
    ["សួស្តី", "noto-sans-khmer-khmer"],
    ["ສະບາຍດີ", "noto-sans-lao-lao"],
    ["မင်္ဂလာပါ", "noto-sans-myanmar-myanmar"],
    ["ሰላም", "noto-sans-ethiopic-ethiopic"],
    ["你好", "noto-sans-sc-"],
    ["こんにちは", "noto-sans-sc-"],
    ["안녕하세요", "noto-sans-kr-"],
    ["😀", "noto-color-emoji-emoji"],
  ];
  for (const [text, wanted] of greetings) {
    const files = fonts.filesFor(text);
    for (const { path } of files) assert.ok(existsSync(path), path);
    const names = new Set(files.map(({ name }) => name));
    assert.ok(
      [...names].some((name) => name.startsWith(wanted)),
      `${text}: ${[...names].join(" ")}`,
    );
    const others = [...names].filter(
      (name) => !name.startsWith(wanted) && !/^noto-sans-(latin|latin-ext|devanagari)$/.test(name),
    );
    assert.deepEqual(others, [], text);
  }
});
