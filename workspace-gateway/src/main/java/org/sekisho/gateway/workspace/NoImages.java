package org.sekisho.gateway.workspace;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.sekisho.engine.catalog.Text;

/** A gateway that was started without definitions of images. */
public final class NoImages implements Images {
    @Override
    public Optional<Path> root(String name) {
        return Optional.empty();
    }

    @Override
    public Building build(String name) {
        var why = new Text("イメージの定義がありません。", "This gateway has no definitions of images.");
        return new Building() {
            @Override
            public ImageState state() {
                return new ImageState(name, ImageState.Phase.FAILED, null, why, null);
            }

            @Override
            public CompletionStage<Path> root() {
                return CompletableFuture.failedStage(new ImageUnavailable(why));
            }
        };
    }

    @Override
    public List<ImageState> all() {
        return List.of();
    }
}
