using Vpio.Programs;

namespace Vpio.Abi.Description.Tests.C;

/// <summary>Is a C or C++ compiler for one processor, with what runs its programs here.</summary>
/// <param name="Processor">For people.</param>
/// <param name="Command">The compiler and what it must be told.</param>
/// <param name="Runner">What runs a program: an emulator, or nothing.</param>
internal sealed record Compiler(string Processor, string[] Command, string? Runner = null)
{
    public override string ToString() => $"{string.Join(' ', Command)} ({Processor})";

    /// <summary>Runs the compiler and fails with what it says.</summary>
    public void Compile(params string[] arguments)
    {
        InstalledProgram.Demand(Command[0]);
        (int code, string said) = InstalledProgram.Execute(Command[0], [.. Command[1..], .. arguments]);
        Assert.That(code, Is.Zero, said);
    }

    /// <summary>Tells whether the compiler takes a source.</summary>
    public bool Accepts(params string[] arguments)
    {
        InstalledProgram.Demand(Command[0]);
        return InstalledProgram.Execute(Command[0], [.. Command[1..], .. arguments]).Code == 0;
    }

    /// <summary>Runs a program that it made and fails with what it says.</summary>
    public void Run(string program, params string[] arguments)
    {
        if (Runner is not null)
            InstalledProgram.Demand(Runner);
        (int code, string said) = Runner is null ? InstalledProgram.Execute(program, arguments) : InstalledProgram.Execute(Runner, [program, .. arguments]);
        Assert.That(code, Is.Zero, said);
    }
}
