// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of Terraform
/** Expressions of a synthesized stack: what is computed, and what stays unknown and where it comes from. */

import type { Json } from '../../../simulator/sources/json';
import { valueIn } from '../../../simulator/sources/stack/body';
import type { Names } from '../../../simulator/sources/stack/evaluate';
import { attributeOf, Handle, Unknown, type Value } from '../../../simulator/sources/stack/value';

const known: Readonly<Record<string, Value>> = {
  text: 'a',
  three: 3,
  yes: true,
  nothing: null,
  list: ['x', 'y', 'z'],
  map: new Map([
    ['b', 'two'],
    ['a', 'one'],
  ]),
  key: new Handle((attribute) => new Unknown([{ resource: 'ibm_kms_key.k', attribute }]), {
    resource: 'ibm_kms_key.k',
  }),
  other: new Handle((attribute) => new Unknown([{ resource: 'ibm_kms_key.o', attribute }]), {
    resource: 'ibm_kms_key.o',
  }),
  blind: new Unknown([], ['it cannot be followed']),
};

const names: Names = (name) => known[name] ?? null;

const evaluated = (text: Json) => attributeOf(valueIn(text, names));

describe('known expressions', () => {
  it.each<[string, Json]>([
    ['plain', 'plain'],
    ['$${text}', '${text}'],
    ['%%{text}', '%{text}'],
    ['${text}', 'a'],
    ['a-${text}-${three}', 'a-a-3'],
    ['${"quoted \\"${text}\\" \\u0041"}', 'quoted "a" A'],
    ['${three}', 3],
    ['${1 + 2 * three}', 7],
    ['${(1 + 2) * three}', 9],
    ['${10 / 4}', 2.5],
    ['${10 % 4}', 2],
    ['${-three}', -3],
    ['${1.5e2}', 150],
    ['${!yes}', false],
    ['${yes && 1 < 2 || false}', true],
    ['${three >= 3 && three <= 3 && three != 4 && three > 2}', true],
    ['${three == 3 ? "three" : "other"}', 'three'],
    ['${yes ? text : list}', 'a'],
    ['${list[1]}', 'y'],
    ['${list.2}', 'z'],
    ['${list[*]}', ['x', 'y', 'z']],
    ['${map.a}', 'one'],
    ['${map["b"]}', 'two'],
    ['${[text, 1, true]}', ['a', 1, true]],
    ['${{ k = text, "l" = 2, m : 3 }}', { k: 'a', l: 2, m: 3 }],
    ['${[for item in list : upper(item)]}', ['X', 'Y', 'Z']],
    ['${[for item in list : item if item != "y"]}', ['x', 'z']],
    ['${{ for key, value in map : value => key }}', { two: 'b', one: 'a' }],
    ['${[for index, item in list : "${index}${item}"]}', ['0x', '1y', '2z']],
    ['${element(list, 4)}', 'y'],
    ['${lookup(map, "c", "none")}', 'none'],
    ['${coalesce(nothing, "", text)}', 'a'],
    ['${toset(["a", "b", "a"])}', ['a', 'b']],
    ['${distinct(concat(list, ["x"]))}', ['x', 'y', 'z']],
    ['${keys(map)}', ['a', 'b']],
    ['${values(map)}', ['one', 'two']],
    ['${merge(map, { c = "three" })}', { a: 'one', b: 'two', c: 'three' }],
    ['${zipmap(["p", "q"], list)}', { p: 'x', q: 'y' }],
    ['${flatten([["a"], [["b"]]])}', ['a', 'b']],
    ['${compact(["a", "", nothing])}', ['a']],
    ['${reverse(list)}', ['z', 'y', 'x']],
    ['${length(list) + length(map) + length(text)}', 6],
    ['${range(3)}', [0, 1, 2]],
    ['${range(1, 7, 2)}', [1, 3, 5]],
    ['${contains(list, "y")}', true],
    ['${join("-", list)}', 'x-y-z'],
    ['${format("%s-%d%%", text, 3)}', 'a-3%'],
    ['${lower(trimspace(" A "))}', 'a'],
    ['${tostring(three)}', '3'],
    ['${tonumber("3")}', 3],
    ['${tobool("true")}', true],
    ['${tolist(list)[0]}', 'x'],
    ['${tomap(map)["a"]}', 'one'],
    ['${one(["only"])}', 'only'],
    ['${try(blind, text)}', 'a'],
    ['${jsonencode({ k = list })}', '{"k":["x","y","z"]}'],
    ['${jsondecode("{\\"k\\": 1}").k}', 1],
    ['${ /* why */ text # and so on\n}', 'a'],
  ])('%s', (text, value) => {
    expect(evaluated(text)).toEqual({ kind: 'known', value, sensitive: false });
  });

  it.each(['${nothing}', '${map.missing}', '${one([])}'])('%s is absent', (text) => {
    expect(evaluated(text)).toEqual({ kind: 'absent' });
  });

  it('are found anywhere in a value', () => {
    expect(evaluated({ a: ['${text}', 1], b: null })).toEqual({
      kind: 'known',
      value: { a: ['a', 1], b: null },
      sensitive: false,
    });
  });
});

describe('unknown expressions come from what they mention', () => {
  const k = { resource: 'ibm_kms_key.k', attribute: 'crn' };
  const o = { resource: 'ibm_kms_key.o', attribute: 'crn' };

  it.each<[string, readonly object[]]>([
    ['${key.crn}', [k]],
    ['${key}', [{ resource: 'ibm_kms_key.k' }]],
    ['${[key.crn][0]}', [k]],
    ['${{ a = key.crn, b = other.crn }.b}', [o]],
    ['${lookup({ a = key.crn }, "a", "")}', [k]],
    ['${element([key.crn, other.crn], 1)}', [o]],
    ['${true ? key.crn : other.crn}', [k]],
    ['${key.crn == "x" ? key.crn : other.crn}', [k, o]],
    ['${coalesce(key.crn, other.crn)}', [k, o]],
    ['${lower(key.crn)}', [k]],
    ['${split(":", key.crn)[9]}', [k]],
    ['${[for one in [key, other] : one.crn]}', [k, o]],
    ['${[key, other][*].crn}', [k, o]],
    ['${values({ a = key })[0].crn}', [k]],
    ['${list[key.crn]}', []],
    ['${key.crn == other.crn}', []],
  ])('%s', (text, origins) => {
    expect(evaluated(text)).toMatchObject({ kind: 'unknown', origins, problems: [] });
  });

  it('remember the known pieces of a text', () => {
    expect(evaluated('{"kms_key":"${key.crn}"}')).toEqual({
      kind: 'unknown',
      origins: [k],
      problems: [],
      pieces: ['{"kms_key":"', { kind: 'unknown', origins: [k], problems: [] }, '"}'],
    });
    expect(evaluated('${jsonencode({ a = 1, b = [key.crn] })}')).toMatchObject({
      pieces: ['{', '"a":', '1', ',', '"b":', '[', '"', { origins: [k] }, '"', ']', '}'],
    });
  });

  it.each([
    ['${missing(text)}', 'the function missing is not computed'],
    ['${blind}', 'it cannot be followed'],
    ['${text.member}', 'it reads a member of something that has none'],
    ['${list[7]}', 'it reads an item that a list does not have'],
    ['${text', 'its expression is not one that can be read here'],
    ['${a b}', 'its expression is not one that can be read here'],
    ['%{ if yes }x%{ endif }', 'its expression is not one that can be read here'],
    ['${"\\q"}', 'its expression is not one that can be read here'],
    ['${[for x list : x]}', 'its expression is not one that can be read here'],
  ])('%s says why it leads nowhere', (text, problem) => {
    expect(evaluated(text)).toEqual({ kind: 'unknown', origins: [], problems: [problem] });
  });
});
