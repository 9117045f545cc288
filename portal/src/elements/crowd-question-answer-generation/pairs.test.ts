import { expect, test } from "vitest";
import { CodePoints } from "../internal/text/code-points";
import { EMPTY, faultOf, type Limits, readPairs, wordCount, writePairs } from "./pairs";

const LIMITS: Limits = {
  questions: { least: 1, most: 2 },
  questionWords: { least: 2, most: 3 },
  answerWords: { least: 1, most: undefined },
};
const pair = (question: string, answer: string) => ({ ...EMPTY, question, answer });

test("words stand between white space", () => {
  expect([wordCount(""), wordCount(" don't  well-known\nx ")]).toEqual([0, 3]);
});

test("the first fault names the field and what to do", () => {
  expect(faultOf([pair("Who left", "Ann")], LIMITS)).toBeNull();
  expect(faultOf([EMPTY], LIMITS)).toMatchObject({ at: 0, field: "question", message: "Question 1: please write at least 2 words." });
  expect(faultOf([pair("Who left", " ")], LIMITS)).toMatchObject({ field: "answer", message: "Answer 1: please write something." });
  expect(faultOf([pair("a b c d", "x")], LIMITS)?.message).toBe("Question 1: please write 3 words at most.");
});

test("empty pairs beyond the least number are no fault, too many written ones are", () => {
  const good = pair("Who left", "Ann");
  expect(faultOf([good, EMPTY], LIMITS)).toBeNull();
  expect(faultOf([good, good, good], LIMITS)?.message).toBe("Please write 2 questions at most.");
  expect(faultOf([good], { ...LIMITS, questions: { least: 2, most: undefined } })?.message).toBe("Please write at least 2 questions.");
});

test("pairs come back from the answer, references in code points", () => {
  const offsets = new CodePoints("😀 Ann left");
  const pairs = [{ question: "Who?", answer: "Ann", tags: ["Who"], references: [{ start: 3, end: 6 }] }];
  const saved = writePairs([...pairs, EMPTY], offsets);
  expect(saved).toEqual([{ question: "Who?", answer: "Ann", tags: ["Who"], references: [{ startOffset: 2, endOffset: 5 }] }]);
  expect(readPairs({ questionAnswerPairs: saved }, offsets)).toEqual(pairs);
  expect(readPairs(undefined, offsets)).toEqual([]);
});
