package org.sekisho.gateway.visit;

/** Ends the handling of a visitor's request. */
final class Denied extends RuntimeException {
    private final transient Problem problem;

    Denied(Problem problem) {
        super(problem.code(), null, false, false);
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
