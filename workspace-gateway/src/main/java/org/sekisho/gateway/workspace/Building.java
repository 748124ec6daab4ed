package org.sekisho.gateway.workspace;

import java.nio.file.Path;
import java.util.concurrent.CompletionStage;

/** A build that is under way or has ended. */
public interface Building {
    ImageState state();

    /** The root file system; fails with {@link ImageUnavailable}. */
    CompletionStage<Path> root();
}
