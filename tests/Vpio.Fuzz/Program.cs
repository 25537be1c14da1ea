using SharpFuzz;
using Vpio.Fuzz;

// With a target alone: under AFL++, which brings the inputs. With files: runs each, for who looks into what was found.
if (args.Length == 0 || !FuzzTargets.Names.Contains(args[0]))
{
    Console.Error.WriteLine($"Usage: Vpio.Fuzz TARGET [FILE...], where TARGET is {string.Join(", ", FuzzTargets.Names)}.");
    return 64;
}

if (args.Length == 1)
{
    IFuzzTarget? fuzzed = null;
    Fuzzer.Run(stream =>
    {
        using MemoryStream input = new();
        stream.CopyTo(input);
        fuzzed ??= FuzzTargets.Make(args[0]);
        fuzzed.Run(input.ToArray());
    });
    return 0;
}

IFuzzTarget target = FuzzTargets.Make(args[0]);
foreach (string file in args[1..])
    Console.WriteLine($"{file}: {target.Run(File.ReadAllBytes(file)):x16}");
return 0;
