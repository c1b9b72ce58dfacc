// What the client declares, and which of it the checks use. Both are read by the TypeScript compiler, from the client's .d.ts files and from the checks, so neither
// is a list that somebody keeps. What begins with _ is the client's own; callbacks and plain other names of a type have no members to use.
import ts from 'typescript';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = dirname(fileURLToPath(import.meta.url));
const lib = join(folder, 'node_modules/airtable/lib/');
/** Utilities of the client's that are in a type of its entry, but that no caller names. */
const inner = ['object_map.d.ts', 'run_action.d.ts'];

/** The checks as a program. */
function compile() {
  const files = readdirSync(join(folder, 'checks')).map(f => join(folder, 'checks', f));
  return ts.createProgram([...files, join(folder, 'types.d.ts')], {
    allowJs: true, checkJs: true, noEmit: true, strict: true, skipLibCheck: true, esModuleInterop: true,
    target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'], types: [],
  });
}

/** Every name that has to be used by a check, and for each what uses it. @returns {{ uses: Map<string, Set<string>>, faults: string[] }} */
export function read() {
  const program = compile();
  const checker = program.getTypeChecker();
  const faults = ts.getPreEmitDiagnostics(program).map(d => `${d.file?.fileName.slice(folder.length + 1)}:${(d.file?.getLineAndCharacterOfPosition(d.start ?? 0).line ?? 0) + 1} ${ts.flattenDiagnosticMessageText(d.messageText, '\n')}`);
  const declarations = program.getSourceFiles().filter(f => f.fileName.startsWith(lib) && !inner.includes(f.fileName.slice(lib.length)));
  /** @type {Map<string, Set<string>>} */
  const uses = new Map();
  declarations.forEach(file => ts.forEachChild(file, node => declare(node)));
  errorCodes().forEach(code => uses.set(`AirtableError ${code}`, new Set()));
  for (const file of program.getSourceFiles().filter(f => f.fileName.startsWith(join(folder, 'checks/'))))
    ts.forEachChild(file, node => visit(node, ''));
  return { uses, faults };

  /** @param {ts.Node} node */
  function declare(node) {
    if (ts.isModuleDeclaration(node) && node.body) return ts.forEachChild(node.body, declare);
    if (ts.isTypeAliasDeclaration(node) && ts.isTypeLiteralNode(node.type)) return node.type.members.forEach(m => declareMember(nameOf(node), m));
    // An interface with calls alone is the type of a method; its calls belong to each method of that type.
    if (ts.isInterfaceDeclaration(node) && node.members.every(ts.isCallSignatureDeclaration)) return;
    if (ts.isInterfaceDeclaration(node) || ts.isClassDeclaration(node)) node.members.forEach(m => declareMember(nameOf(node), m));
  }

  /** @param {string} owner @param {ts.Node} member */
  function declareMember(owner, member) {
    if (ts.isConstructorDeclaration(member) || ts.isCallSignatureDeclaration(member)) return add(callOf(owner, member));
    if (ts.isIndexSignatureDeclaration(member)) return partsOf(checker.getTypeFromTypeNode(member.type)).forEach(t => add(`${owner}: ${checker.typeToString(t)}`));
    if (!(ts.isPropertySignature(member) || ts.isPropertyDeclaration(member) || ts.isMethodDeclaration(member)) || textOf(member.name).startsWith('_')) return;
    const name = nameOfMember(owner, member);
    if (ts.isMethodDeclaration(member)) return add(callOf(name, member));
    add(name);
    const type = checker.getTypeAtLocation(member);
    for (const signature of signaturesOf(member, type)) add(callOf(name, signature));
    if (member.type && ts.isTypeLiteralNode(member.type)) member.type.members.forEach(m => declareMember(name, m));
    for (const part of partsOf(type)) if (part.isStringLiteral()) add(`${name} = '${part.value}'`);
  }

  /** @param {string} name */
  function add(name) { if (!uses.has(name)) uses.set(name, new Set()); }

  /** Each call of a method that is declared as a property. @param {ts.Node} member @param {ts.Type} type @returns {ts.Node[]} */
  function signaturesOf(member, type) {
    const calls = checker.getSignaturesOfType(type, ts.SignatureKind.Call).map(s => s.getDeclaration());
    return calls.filter(d => d && ts.isCallSignatureDeclaration(d) && !isInside(d, member));
  }

  /** @param {ts.Node} node @param {string} check */
  function visit(node, check) {
    const within = ts.isCallExpression(node) && node.expression.getText() === 'check' && ts.isStringLiteral(node.arguments[0]) ? node.arguments[0].text : check;
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) useCall(node, within);
    if (ts.isPropertyAccessExpression(node)) useSymbol(checker.getSymbolAtLocation(node.name), within);
    if (ts.isObjectLiteralExpression(node)) {
      const type = checker.getContextualType(node);
      for (const property of node.properties) if (type && property.name && (ts.isPropertyAssignment(property) || ts.isShorthandPropertyAssignment(property)))
        for (const part of partsOf(type)) {
          const text = ts.isPropertyAssignment(property) && ts.isStringLiteral(property.initializer) ? property.initializer.text : null;
          useSymbol(part.getProperty(textOf(property.name)), within, text);
        }
    }
    if (ts.isObjectBindingPattern(node)) for (const element of node.elements)
      useSymbol(checker.getTypeAtLocation(node).getProperty(textOf(element.propertyName ?? element.name)), within);
    if (ts.isStringLiteral(node)) use(`AirtableError ${node.text}`, within);
    ts.forEachChild(node, child => visit(child, within));
  }

  /** @param {ts.CallExpression | ts.NewExpression} node @param {string} check */
  function useCall(node, check) {
    const call = checker.getResolvedSignature(node);
    const declaration = call?.declaration;
    if (!call || !declaration || !isDeclared(declaration)) return;
    const callee = ts.isPropertyAccessExpression(node.expression) ? checker.getSymbolAtLocation(node.expression.name) : undefined;
    const property = callee?.declarations?.find(isDeclared);
    const owner = property && ts.isClassDeclaration(property.parent) && !ts.isConstructorDeclaration(declaration) ? nameOfMember(nameOf(property.parent), property) : nameOf(declaration.parent);
    use(callOf(owner, declaration), check);
    if (owner === 'Record.get') partsOf(checker.getTypeAtLocation(node)).forEach(t => use(`FieldSet: ${checker.typeToString(t)}`, check));
  }

  /** @param {ts.Symbol | undefined} symbol @param {string} check @param {string | null=} literal */
  function useSymbol(symbol, check, literal) {
    for (const declaration of symbol?.declarations ?? []) {
      if (!isDeclared(declaration)) continue;
      const name = pathOf(declaration);
      use(name, check);
      if (literal !== null && literal !== undefined) use(`${name} = '${literal}'`, check);
    }
  }

  /** @param {string} name @param {string} check */
  function use(name, check) { uses.get(name)?.add(check || 'server.mjs'); }

  /** @param {ts.Node} node */
  function isDeclared(node) { return node.getSourceFile().fileName.startsWith(lib); }

  /** Owner.member, for nested literals Owner.member.member. @param {ts.Node} member @returns {string} */
  function pathOf(member) {
    const parent = member.parent;
    if (!(/** @type {any} */ (member).name)) return '';
    const owner = ts.isTypeLiteralNode(parent) && !ts.isTypeAliasDeclaration(parent.parent) ? pathOf(parent.parent) : nameOf(ts.isTypeLiteralNode(parent) ? parent.parent : parent);
    return nameOfMember(owner, /** @type {any} */ (member));
  }

  /** A union's parts, both booleans as one, and nothing left out for what may be absent. @param {ts.Type} type */
  function partsOf(type) {
    const parts = type.isUnion() && !(type.flags & ts.TypeFlags.Boolean) ? type.types : [type];
    const known = parts.filter(p => !(p.flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Null)));
    const booleans = known.filter(p => p.flags & ts.TypeFlags.BooleanLiteral);
    return booleans.length === 2 ? [...known.filter(p => !booleans.includes(p)), checker.getBooleanType()] : known;
  }

  /** @param {string} owner @param {ts.Node} signature */
  function callOf(owner, signature) {
    const { parameters } = /** @type {ts.SignatureDeclaration} */ (signature);
    const shown = parameters.map(p => ts.isIdentifier(p.name) ? p.getText() : 'options').join(', ').replace(/\s+/g, ' ');
    return ts.isConstructorDeclaration(signature) ? `new ${owner}(${shown})` : `${owner}(${shown})`;
  }
}

/** @param {ts.Node} node */
function nameOf(node) {
  const name = /** @type {any} */ (node).name?.text ?? '';
  // Two files call their options the same.
  return name === 'OptionalParameters' ? `${name} of ${node.getSourceFile().fileName.slice(lib.length, -'.d.ts'.length)}` : name;
}

/** @param {string} owner @param {ts.Node} member */
function nameOfMember(owner, member) {
  const isStatic = ts.canHaveModifiers(member) && ts.getModifiers(member)?.some(m => m.kind === ts.SyntaxKind.StaticKeyword);
  return `${isStatic ? 'static ' : ''}${owner}.${textOf(/** @type {any} */ (member).name)}`;
}

/** @param {ts.Node} name */
function textOf(name) { return /** @type {any} */ (name).text ?? name.getText(); }

/** @param {ts.Node} node @param {ts.Node} outer */
function isInside(node, outer) { return node.pos >= outer.pos && node.end <= outer.end && node.getSourceFile() === outer.getSourceFile(); }

/** The codes that the client makes of statuses; its declarations do not list them, its code does: `new AirtableError('NOT_FOUND', …)`. */
function errorCodes() {
  const file = ts.createSourceFile('base.js', ts.sys.readFile(join(lib, 'base.js')) ?? '', ts.ScriptTarget.ES2022, true);
  /** @type {string[]} */
  const codes = [];
  /** @param {ts.Node} node */
  const visit = node => {
    if (ts.isNewExpression(node) && node.expression.getText().startsWith('airtable_error_1')) find(/** @type {any} */ (node.arguments)[0]);
    ts.forEachChild(node, visit);
  };
  /** @param {ts.Node} node */
  const find = node => { if (ts.isStringLiteral(node)) codes.push(node.text); ts.forEachChild(node, find); };
  visit(file);
  return [...new Set(codes)];
}
