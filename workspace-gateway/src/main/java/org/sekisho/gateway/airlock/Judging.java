package org.sekisho.gateway.airlock;

import java.nio.file.Path;
import org.sekisho.checker.Judgement;

/** The rules, applied to a held folder. */
@FunctionalInterface
public interface Judging {
    /**
     * @param rules name of a rule pack
     * @param file name of the file that would leave, written into the folder
     */
    Judgement judge(String rules, Path folder, String file);
}
