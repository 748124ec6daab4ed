package org.sekisho.gateway.ingress;

import java.nio.file.Path;

/** Installs source packages of R, which runs their code: somewhere it can hurt nobody. */
public interface SourceBuild {
    /** Where there is no such place. */
    SourceBuild NONE = new SourceBuild() {
        @Override
        public boolean isAvailable() {
            return false;
        }

        @Override
        public boolean build(String id, Path source, Path library, Path into) {
            return false;
        }
    };

    boolean isAvailable();

    /**
     * Takes minutes at most.
     *
     * @param id of the input
     * @param source a tar.gz without code to compile
     * @param library of packages that it may need beside those of the image
     * @param into file that receives the installed package as a tar.gz; it was made by a stranger's code
     * @return whether it was installed
     */
    boolean build(String id, Path source, Path library, Path into);
}
