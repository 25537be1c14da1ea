using Vpio.AssembledGuests;
using Vpio.Programs;
using Vpio.Tool.Run;

namespace Vpio.Tool.Tests.Run;

/// <summary>The program in C is built once, into the user's cache, and what stands in the way of that is said in one sentence.</summary>
internal sealed class CProgramTests : FolderFixture
{
    private static readonly CRecipe Recipe = new("answer", "--answer", "no answer", ["-O1", "-I."]);

    [Test]
    public void AProgramIsBuiltOnceAndThenFound()
    {
        InstalledProgram.Demand("gcc");
        var sources = new Dictionary<string, string> { ["main.c"] = "#include \"answer.h\"\nint main(void) { return ANSWER; }\n", ["answer.h"] = "#define ANSWER 42\n" };
        string program = new CProgram(Recipe, sources, Folder).Build();
        using System.Diagnostics.Process run = System.Diagnostics.Process.Start(program);
        run.WaitForExit();
        Assert.That(run.ExitCode, Is.EqualTo(42));

        DateTime built = File.GetLastWriteTimeUtc(program);
        Assert.That(new CProgram(Recipe, sources, Folder).Build(), Is.EqualTo(program));
        Assert.That(File.GetLastWriteTimeUtc(program), Is.EqualTo(built));

        sources["answer.h"] = "#define ANSWER 43\n";
        Assert.That(new CProgram(Recipe, sources, Folder).Build(), Is.Not.EqualTo(program), "other sources are another program");
        Assert.That(Directory.GetDirectories(Path.Combine(Folder, "vpio")), Has.Length.EqualTo(2), "nothing else is left there");
    }

    [Test]
    public void TheSourcesOfTheGuestsComeWithTheTool()
    {
        string[] ofBoth = ["vpio_guest.c", "vpio_guest.h", "vpio_program.c", "vpio.h", "vpio_nic.h", "vpio_process.h"];
        Assert.That(CProgram.Guest.Sources, Is.SupersetOf(ofBoth.Append("vpio_process_port.c")).And.None.StartsWith("machine/"));
        Assert.That(CProgram.Machine.Sources, Is.SupersetOf(ofBoth.Append("machine/vpio_machine.ld")).And.None.EqualTo("vpio_process_port.c"));
    }

    [Test]
    public void WithoutACompilerItIsSaidWhatIsMissing()
    {
        var program = new CProgram(Recipe, new Dictionary<string, string> { ["main.c"] = "" }, Folder, "no-such-gcc");
        Assert.That(program.Build, Throws.TypeOf<UsageException>().With.Message.Contains("--answer needs no-such-gcc, which is not here; install it, or use no answer"));
    }

    [Test]
    public void WithoutACompilerMachinesRunTheAssembledProgram()
    {
        var program = new CProgram(Recipe, new Dictionary<string, string> { ["main.c"] = "" }, Folder, "no-such-gcc");
        Assert.That(GuestPrograms.Image(GuestKind.Kvm, program), Is.EqualTo(AssembledJobGuest.Image.ToArray()));
    }

    [TestCase("int main(void) { return unknown; }\n", "unknown")]
    [TestCase("__asm__(\"unknown\");\nint main(void) { return 0; }\n", "no such instruction")]
    [TestCase("int unknown(void);\nint main(void) { return unknown(); }\n", "undefined reference")]
    public void WhatTheCompilerRefusesIsSaidAndNotKept(string source, string complaint)
    {
        InstalledProgram.Demand("gcc");
        var program = new CProgram(Recipe, new Dictionary<string, string> { ["main.c"] = source }, Folder);
        Assert.That(program.Build, Throws.TypeOf<UsageException>().With.Message.Contains(complaint).And.Message.Not.Contains("\n"));
        Assert.That(Directory.GetDirectories(Path.Combine(Folder, "vpio")), Is.Empty);
    }

    [Test]
    public void ACacheThatCannotBeWrittenIsSaid()
    {
        File.WriteAllText(Path.Combine(Folder, "vpio"), "in the way");
        var program = new CProgram(Recipe, new Dictionary<string, string> { ["main.c"] = "" }, Folder);
        Assert.That(program.Build, Throws.TypeOf<UsageException>().With.Message.Contains("XDG_CACHE_HOME"));
    }
}
