package org.sekisho.gateway.desktop;

import java.util.List;
import java.util.Map;
import org.sekisho.gateway.desktop.Violation.Side;

/** The listed opcodes of one side, and what their arguments look like. What is not listed is a violation. */
record Form(Side side, Map<String, List<Shape>> opcodes) {
    /** @throws Violation when the instruction is not listed, or not as listed */
    void check(Instruction instruction) {
        var shapes = opcodes.get(instruction.opcode());
        if (shapes == null) {
            throw new Violation(side, instruction.opcode(), "opcode");
        }
        var arguments = instruction.arguments();
        if (arguments.size() != shapes.size()) {
            throw new Violation(side, instruction.opcode(), "arity");
        }
        for (int i = 0; i < shapes.size(); i++) {
            if (!shapes.get(i).fits(arguments.get(i))) {
                throw new Violation(side, instruction.opcode(), "argument-" + (i + 1));
            }
        }
    }
}
