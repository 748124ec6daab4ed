package org.sekisho.checker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;

@AnalyzeClasses(packages = "org.sekisho.checker", importOptions = ImportOption.DoNotIncludeTests.class)
class CheckerArchitectureTest {
    private static final String[] ARITHMETIC = {
        "..checker.table..", "..checker.rule..", "..checker.suppress..", "..checker.attack.."
    };

    @ArchTest
    static final ArchRule neverTouchesTheNetwork = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net..", "java.nio.channels.Socket..", "java.rmi..", "javax.net..");

    @ArchTest
    static final ArchRule neverAsksTheClock = noClasses()
            .that()
            .resideOutsideOfPackages("..checker.cli..", "..checker.release..")
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class);

    @ArchTest
    static final ArchRule arithmeticIsFreeOfFiles = noClasses()
            .that()
            .resideInAnyPackage(ARITHMETIC)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.io..", "java.nio..", "org.apache.arrow..", "com.fasterxml..", "..checker.file..");

    @ArchTest
    static final ArchRule theAttackerSharesNothingWithTheSuppressor = noClasses()
            .that()
            .resideInAPackage("..checker.attack..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..checker.suppress..");

    @ArchTest
    static final ArchRule knowsNeitherEngineNorGateway = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.sekisho.engine..", "org.sekisho.gateway..");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("org.sekisho.checker.(*)..").should().beFreeOfCycles();
}
