// The plainest use of the modeler: its own empty diagram, ready to be drawn on.
const modeler = new BpmnJS({ container: '#canvas' });
modeler.createDiagram().then(() => performance.mark('rival-ready'));
