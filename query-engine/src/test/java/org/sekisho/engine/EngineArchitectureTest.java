package org.sekisho.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "org.sekisho.engine", importOptions = ImportOption.DoNotIncludeTests.class)
class EngineArchitectureTest {
    @ArchTest
    static final ArchRule onlyTheDuckdbPackageTalksToTheDatabase = noClasses()
            .that()
            .resideOutsideOfPackage("org.sekisho.engine.duckdb..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "org.duckdb..");

    @ArchTest
    static final ArchRule theEngineKnowsNeitherGatewayNorChecker = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.sekisho.gateway..", "org.sekisho.checker..");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("org.sekisho.engine.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theCatalogueIsPlainValues = noClasses()
            .that()
            .resideInAPackage("org.sekisho.engine.catalog..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.nio.file..", "java.io..");
}
