// Rules of this house that the linter does not have: see .oxlintrc.json.

const textIsText = 'Text of a file is text: let React write it, or make elements and set textContent.';
const htmlProperties = new Set(['innerHTML', 'outerHTML', 'srcdoc']);
const htmlMethods = new Set(['insertAdjacentHTML', 'setHTMLUnsafe', 'createContextualFragment']);

/** The name of an identifier or of a key written as text. */
const nameOf = (node) => node?.name ?? node?.value;

const nameExports = {
  create: (context) => ({
    ExportDefaultDeclaration: (node) => context.report({ node, message: 'Name what you export.' }),
  }),
};

const noMarkupFromText = {
  create(context) {
    const report = (node) => context.report({ node, message: textIsText });
    return {
      JSXAttribute: (node) => nameOf(node.name) === 'dangerouslySetInnerHTML' && report(node),
      Property: (node) => nameOf(node.key) === 'dangerouslySetInnerHTML' && report(node),
      AssignmentExpression: (node) => htmlProperties.has(nameOf(node.left.property)) && report(node),
      CallExpression: (node) => htmlMethods.has(nameOf(node.callee.property)) && report(node),
    };
  },
};

export default {
  meta: { name: 'house' },
  rules: { 'name-exports': nameExports, 'no-markup-from-text': noMarkupFromText },
};
