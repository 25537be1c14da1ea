using System.Diagnostics;

namespace Vpio.Abi.Description.Tests.C;

/// <summary>Is a C or C++ compiler for one processor, with what runs its programs here.</summary>
/// <param name="Processor">For people.</param>
/// <param name="Command">The compiler and what it must be told.</param>
/// <param name="Runner">What runs a program: an emulator, or nothing.</param>
internal sealed record Compiler(string Processor, string[] Command, string? Runner = null)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    public override string ToString() => $"{string.Join(' ', Command)} ({Processor})";

    /// <summary>Ignores the test, saying why, where a program is not installed. On a build server everything is: there it fails.</summary>
    public static void Demand(string program)
    {
        bool isThere = Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
        if (isThere)
            return;
        string reason = $"{program} is not installed: .ci/run names the Debian package that has it.";
        if (Environment.GetEnvironmentVariable("VPIO_COMPILERS") == "all")
            Assert.Fail(reason);
        Assert.Ignore(reason);
    }

    /// <summary>Runs the compiler and fails with what it says.</summary>
    public void Compile(params string[] arguments)
    {
        Demand(Command[0]);
        (int code, string said) = Execute(Command[0], [.. Command[1..], .. arguments]);
        Assert.That(code, Is.Zero, said);
    }

    /// <summary>Tells whether the compiler takes a source.</summary>
    public bool Accepts(params string[] arguments)
    {
        Demand(Command[0]);
        return Execute(Command[0], [.. Command[1..], .. arguments]).Code == 0;
    }

    /// <summary>Runs a program that it made and fails with what it says.</summary>
    public void Run(string program, params string[] arguments)
    {
        if (Runner is not null)
            Demand(Runner);
        (int code, string said) = Runner is null ? Execute(program, arguments) : Execute(Runner, [program, .. arguments]);
        Assert.That(code, Is.Zero, said);
    }

    private static (int Code, string Said) Execute(string file, string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{file} did not end within {Limit}.");
        }

        return (process.ExitCode, output.Result + error.Result);
    }
}
