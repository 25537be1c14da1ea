using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;

namespace Vpio.Analyzers.Tests.Ownership;

/// <summary>Lines of the file of contracts that say nothing are reported where they stand.</summary>
internal sealed class ContractFileFaultTests
{
    [TestCase("RequiresHeld Elsewhere.Show ((")]
    [TestCase("M:Elsewhere.Show(Nic)")]
    [TestCase("""M:Elsewhere.Show(Nic) RequiresHeld("nic" """)]
    [TestCase("""Elsewhere.Show(Nic) RequiresHeld("nic")""")]
    [TestCase("M:Show RequiresHeld")]
    [TestCase("M:Show(System.Int32) RequiresHeld")]
    public Task ALineThatCannotBeRead(string line) => Faulty(line);

    [TestCase("M:Elsewhere.Show(Nic) Requires")]
    [TestCase("M:Elsewhere.Show(Nic) SameAs(\"nic\")")]
    [TestCase("M:Elsewhere.Show(Nic) requiresHeld(\"nic\")")]
    public Task AnAttributeThatDoesNotExist(string line) => Faulty(line);

    [TestCase("M:Elsewhere.Shows(Nic) RequiresHeld(\"nic\")", TestName = "AMemberThatIsNotThere(misspelt)")]
    [TestCase("M:Elsewhere.Show RequiresHeld", TestName = "AMemberThatIsNotThere(without parameters)")]
    [TestCase("M:Elsewhere.Look(Nic) RequiresHeld(\"nic\")", TestName = "AMemberThatIsNotThere(without @)")]
    [TestCase("P:Nic.Grab RequiresHeld", TestName = "AMemberThatIsNotThere(not a property)")]
    [TestCase("M:Nic.get_IsHeld NoThrow", TestName = "AMemberThatIsNotThere(accessor)")]
    [TestCase("T:Nic.Handler RequiresHeld", TestName = "AMemberThatIsNotThere(nested type)")]
    public Task AMemberThatIsNotThere(string line) => Faulty(line);

    [TestCase("M:Elsewhere.Show(Nic) RequiresHeld(\"card\")")]
    [TestCase("M:Elsewhere.Show(Nic) RequiresHeld(\"nic.Parent\")")]
    [TestCase("M:Elsewhere.Show(Nic) Acquires(Shared = true)")]
    [TestCase("M:Elsewhere.Chance TryAcquires(true, \"nic\")")]
    [TestCase("M:Elsewhere.Chance TryAcquires")]
    [TestCase("M:Elsewhere.Chance TryAcquires(\"Granted\")")]
    [TestCase("M:Elsewhere.Chance TryAcquires(Answer.Granted)")]
    [TestCase("P:Nic.IsHeld TryAcquires(true)")]
    [TestCase("P:Nic.IsHeld HeldWhen")]
    [TestCase("P:Nic.IsHeld HeldWhen(1)")]
    [TestCase("M:Nic.TryGrab HeldWhen(true)")]
    [TestCase("M:Nic.TryGrab Hint")]
    [TestCase("M:Nic.TryGrab NoThrow(true)")]
    public Task WhatCannotBeSaidOfTheMember(string line) => Faulty(line);

    [TestCase("M:Elsewhere.Show(Nic) RequiresHeld(\"nic\")")]
    [TestCase("M:System.Collections.Generic.List`1.Add(`0) NoThrow")]
    [TestCase("M:System.Array.Empty``1 NoThrow")]
    [TestCase("M:System.Decimal.op_Implicit(System.Int32)~System.Decimal NoThrow")]
    [TestCase("M:System.Int32.System#IConvertible#ToInt32(System.IFormatProvider) NoThrow")]
    [TestCase("M:Nic.#ctor NoThrow")]
    [TestCase("P:Nic.Item(System.Int32) Quiesce")]
    [TestCase("E:Clock.Tick NoThrow")]
    [TestCase("T:System.Action RequiresHeld")]
    public Task WhatIsThereIsNoFault(string line) => Silent(line);

    [TestCase("M:Nobody.Knows(Nic) RequiresHeld(\"nic\")")]
    [TestCase("M:Vendor.Card.Open Acquires")]
    [TestCase("T:Vendor.Handler RequiresHeld(\"card\")")]
    public Task ATypeOfALibraryThatTheProjectDoesNotSeeIsNoFault(string line) => Silent(line);

    [TestCase("M:..Show Acquires")]
    [TestCase("M:A..Show(( Acquires")]
    [TestCase("M:{`.`}.Show Acquires")]
    [TestCase("M:List`x.Add Acquires")]
    [TestCase("T:. Acquires")]
    [TestCase("T:`1 Acquires")]
    [TestCase("T:A{ Acquires")]
    public Task AnIdThatIsNoneNamesATypeThatIsNotThere(string line) => Silent(line);

    [Test]
    public Task EachLineIsJudgedByItself() => Check("""
        # M:Elsewhere.Nothing RequiresHeld

        M:Elsewhere.Show(Nic) RequiresHeld("nic")
        {|VPIO1021:M:Elsewhere.Shown(Nic) RequiresHeld("nic")|}
        {|VPIO1021:M:Elsewhere.Show(Nic) Excludes("card")|}
        """, """
        public void Send() => {|VPIO1017:Show(nic)|};
        """);

    [TestCase("Show this", "This line cannot be read: write a documentation id and an attribute, 'M:Library.Card.Open Acquires'")]
    [TestCase("M:Elsewhere.Log Takes", "'Takes' is no attribute that a contract file can give: see the list in the guide")]
    [TestCase("M:Elsewhere.Logs NoThrow", "'M:Elsewhere.Logs' names no member of its type: write the documentation id of a method, property, event or field, with the types of the parameters")]
    [TestCase("M:Elsewhere.Log Hint", "'Hint' cannot be said of 'M:Elsewhere.Log' so: a path names a parameter or a member that it can reach, and a result is one that it has")]
    public Task TheReportSaysWhatIsWrong(string line, string message)
    {
        CSharpAnalyzerTest<OwnershipAnalyzer, DefaultVerifier> test = Prepare($"{{|#0:{line}|}}", "");
        test.ExpectedDiagnostics.Add(DiagnosticResult.CompilerError("VPIO1021").WithLocation(0).WithMessage(message));
        return test.RunAsync();
    }

    private static Task Faulty(string line) => Check($"{{|VPIO1021:{line}|}}", "");

    private static Task Silent(string line) => Check(line, "");

    private static Task Check(string contracts, string members) => Prepare(contracts, members).RunAsync();

    private static CSharpAnalyzerTest<OwnershipAnalyzer, DefaultVerifier> Prepare(string contracts, string members)
    {
        CSharpAnalyzerTest<OwnershipAnalyzer, DefaultVerifier> test = OwnershipCase.Prepare(OwnershipCase.Wrap(members));
        test.TestState.AdditionalFiles.Add(("Vpio.Ownership.txt", contracts));
        return test;
    }
}
