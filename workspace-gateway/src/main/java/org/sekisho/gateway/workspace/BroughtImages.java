package org.sekisho.gateway.workspace;

import java.nio.file.Path;
import java.util.List;
import org.sekisho.gateway.project.Permit;

/** Images that projects have brought in. A project sees its own, for as long as its permit names them. */
public interface BroughtImages {
    /** Where none can be brought in. */
    BroughtImages NONE = new BroughtImages() {
        @Override
        public List<BroughtImage> of(Permit permit) {
            return List.of();
        }

        @Override
        public Found find(Permit permit, String name) {
            return new Found.Absent();
        }
    };

    /** By name. */
    List<BroughtImage> of(Permit permit);

    /** What is to be started; its files are compared with what was accepted first, which takes milliseconds. */
    Found find(Permit permit, String name);

    sealed interface Found {
        /** @param root seen read-only, absolute */
        record Ready(BroughtImage image, Path root) implements Found {}

        record Absent() implements Found {}

        /** Its files are not what was accepted: nothing is started from it any more. */
        record Changed() implements Found {}
    }
}
