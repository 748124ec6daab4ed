package org.sekisho.gateway.access;

/**
 * What is asked, and everything about it that the answer may depend on.
 *
 * @param member whether the caller is a member of the project that the asked thing belongs to
 */
public record Request(Operation operation, boolean member, PermitState permit, Stage stage, Authorship authorship) {
    public static Request of(Operation operation) {
        return new Request(operation, false, PermitState.NONE, Stage.NONE, Authorship.NONE);
    }

    public Request member(boolean member) {
        return new Request(operation, member, permit, stage, authorship);
    }

    public Request permit(PermitState permit) {
        return new Request(operation, member, permit, stage, authorship);
    }

    public Request stage(Stage stage) {
        return new Request(operation, member, permit, stage, authorship);
    }

    public Request by(Authorship authorship) {
        return new Request(operation, member, permit, stage, authorship);
    }
}
