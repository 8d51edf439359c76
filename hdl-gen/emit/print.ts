import type { Expression, Item, ModuleDeclaration, PortDeclaration, Statement, VectorType } from './ast.ts';

/** The text of a module, ending in a line break. */
export function printModule({ header, name, ports, items }: ModuleDeclaration): string {
  return [
    ...header.map(printComment),
    // An undeclared name is an error, not a wire of one bit.
    '`default_nettype none',
    '',
    `module ${name} (`,
    ports.map(port => `  ${printPort(port)}`).join(',\n'),
    ');',
    ...items.flatMap(printItem).map(indent),
    'endmodule',
    '',
    '`default_nettype wire',
    '',
  ].join('\n');
}

/** One line, whatever the text holds. */
function printComment(text: string): string {
  return `// ${text.replaceAll(/\s+/g, ' ')}`.trimEnd();
}

function printPort({ direction, register, name, type, source }: PortDeclaration): string {
  return `${attribute(source)}${direction} ${register ? 'reg' : 'wire'} ${vector(type)}${name}`;
}

function printItem(item: Item): string[] {
  switch (item.kind) {
    case 'wire': {
      // The value stands apart, because not every tool takes attributes on a declaration with a value.
      const declaration = `${attribute(item.source)}wire ${vector(item.type)}${item.name};`;
      return item.value === undefined
        ? [declaration]
        : [declaration, `assign ${item.name} = ${print(item.value)};`];
    }
    case 'register':
      return [`${attribute(item.source)}reg ${vector(item.type)}${item.name};`];
    case 'memory': {
      const type = vector({ width: item.width, signed: false });
      const unchecked = item.checked ? '' : '(* no_rw_check *) ';
      return [`${unchecked}${attribute(item.source)}reg ${type}${item.name} [0:${item.depth - 1}];`];
    }
    case 'assign':
      return [`assign ${print(item.target)} = ${print(item.value)};`];
    case 'initial':
      return ['initial begin', ...printStatements(item.statements), 'end'];
    case 'always': {
      const event = item.clock === undefined ? '@*' : `@(posedge ${item.clock})`;
      return [`always ${event} begin`, ...printStatements(item.statements), 'end'];
    }
    case 'instance':
      return printInstance(item);
    case 'comment':
      return [printComment(item.text)];
    case 'blank':
      return [''];
    case 'ifdef':
      return [`\`ifdef ${item.macro}`, ...item.items.flatMap(printItem), '`endif'];
  }
}

function printInstance(item: Item & { kind: 'instance' }): string[] {
  const parameters = item.parameters.map(
    ([name, value]) => `.${name}(${typeof value === 'string' ? JSON.stringify(value) : value})`,
  );
  const head = parameters.length === 0 ? item.module : `${item.module} #(${parameters.join(', ')})`;
  const ports = item.ports.map(([name, value]) => `  .${name}(${print(value)})`);
  return [`${attribute(item.source)}${head} ${item.name} (`, ...commaSeparated(ports), ');'];
}

function printStatements(statements: readonly Statement[]): string[] {
  return statements.flatMap(printStatement).map(indent);
}

function printStatement(statement: Statement): string[] {
  switch (statement.kind) {
    case 'blocking':
      return [`${print(statement.target)} = ${print(statement.value)};`];
    case 'nonblocking':
      return [`${print(statement.target)} <= ${print(statement.value)};`];
    case 'property':
      return [`${statement.verb} (${print(statement.condition)}); ${printComment(statement.why)}`];
    case 'if': {
      const { condition, otherwise } = statement;
      const head = [`if (${print(condition)}) begin`, ...printStatements(statement.body)];
      if (otherwise === undefined) return [...head, 'end'];
      const [only] = otherwise;
      // A chain of conditions stays at one indentation.
      if (otherwise.length === 1 && only?.kind === 'if') {
        const [first, ...rest] = printStatement(only);
        return [...head, `end else ${first}`, ...rest];
      }
      return [...head, 'end else begin', ...printStatements(otherwise), 'end'];
    }
  }
}

/** The text of an expression. */
export function print(expression: Expression): string {
  switch (expression.kind) {
    case 'name':
      return expression.name;
    case 'select':
      return expression.name + printBits(expression);
    case 'wordSelect':
      return print(expression.word) + printBits(expression);
    case 'word':
      return `${expression.name}[${print(expression.index)}]`;
    case 'number':
      return printNumber(expression.value, expression.width);
    case 'unary':
      return `${expression.operator}${printAtom(expression.operand)}`;
    case 'binary': {
      const { operator, left, right } = expression;
      return `${printInside(left, operator)} ${operator} ${printInside(right, operator)}`;
    }
    case 'conditional':
      return [
        printInside(expression.condition),
        '?',
        printInside(expression.whenTrue),
        ':',
        // A chain of conditionals reads from left to right without parentheses.
        expression.whenFalse.kind === 'conditional'
          ? print(expression.whenFalse)
          : printInside(expression.whenFalse),
      ].join(' ');
    case 'concat':
      return `{${expression.parts.map(print).join(', ')}}`;
    case 'repeat':
      return `{${expression.count}{${print(expression.part)}}}`;
    case 'cast':
      return `$${expression.to}(${print(expression.operand)})`;
  }
}

function printBits({ high, low }: { high: number; low: number }): string {
  return high === low ? `[${low}]` : `[${high}:${low}]`;
}

/** Parentheses for all but a chain of one of the operators `&`, `|`, `^`: nobody has to know how operators bind. */
function printInside(expression: Expression, operator?: string): string {
  const text = print(expression);
  if (expression.kind === 'conditional') return `(${text})`;
  if (expression.kind !== 'binary' || operator === undefined) return text;
  const isChain = expression.operator === operator && ['&', '|', '^'].includes(operator);
  return isChain ? text : `(${text})`;
}

function printAtom(expression: Expression): string {
  const compound =
    expression.kind === 'binary' || expression.kind === 'conditional' || expression.kind === 'unary';
  return compound ? `(${print(expression)})` : print(expression);
}

function printNumber(value: bigint, width: number): string {
  if (width === 1) return `1'b${value}`;
  return value < 1000n ? `${width}'d${value}` : `${width}'h${value.toString(16)}`;
}

function vector({ width, signed }: VectorType): string {
  return `${signed ? 'signed ' : ''}${width === 1 ? '' : `[${width - 1}:0] `}`;
}

function attribute(source: string): string {
  return source === '' ? '' : `(* src = ${JSON.stringify(source)} *) `;
}

function commaSeparated(lines: readonly string[]): string[] {
  return lines.map((line, i) => (i < lines.length - 1 ? `${line},` : line));
}

function indent(line: string): string {
  return line === '' || line.startsWith('`') ? line : `  ${line}`;
}
