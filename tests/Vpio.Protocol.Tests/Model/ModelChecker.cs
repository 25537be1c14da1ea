using System.Reflection;
using Vpio.Programs;

namespace Vpio.Protocol.Tests.Model;

/// <summary>Checks the model in <c>docs/model</c> by spin: a verifier in C is made of it, compiled and run, in a folder of its own.</summary>
internal static class ModelChecker
{
    // Two runs at once stay below 6 GB. A search that looks for a cycle goes much deeper, and the depth takes memory of its own.
    private const string MostMegabytes = "2900";

    private const string DeepestSearch = "100000";

    private const string DeepestSearchForACycle = "8000000";

    private static readonly string Checkout =
        typeof(ModelChecker).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(each => each.Key == "Checkout").Value!;

    public static string PathOf(string path) => Path.GetFullPath(Path.Combine(Checkout, path));

    /// <summary>Runs the model.</summary>
    /// <param name="run">Which run.</param>
    /// <param name="trail">Whether a trail was left: the steps to the first error.</param>
    /// <returns>What was found.</returns>
    public static CheckReport Check(ModelRun run, out bool trail)
    {
        InstalledProgram.Demand("spin");
        InstalledProgram.Demand("gcc");
        string folder = Directory.CreateTempSubdirectory("vpio-model-").FullName;
        try
        {
            string model = Path.Combine(folder, "ownership.pml");
            File.Copy(PathOf("docs/model/ownership.pml"), model);
            Do(folder, "spin", ["-a", .. run.Defines.Split(' ').Select(define => "-D" + define), "ownership.pml"]);
            string[] purpose = run.Claim is null ? ["-DSAFETY", "-DNOFAIR"] : ["-DNFAIR=3"];
            Do(folder, "gcc", ["-O2", "-w", "-DCOLLAPSE", "-DMEMLIM=" + MostMegabytes, .. purpose, "-o", "pan", "pan.c"]);
            string[] search = run.Claim is null ? ["-m" + DeepestSearch] : ["-m" + DeepestSearchForACycle, "-a", "-f", "-N", run.Claim];

            // The exit code is 0 whatever was found; what was found is in the text.
            CheckReport report = new(InstalledProgram.Execute(Path.Combine(folder, "pan"), search, folder).Said);
            trail = File.Exists(model + ".trail");
            return report;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Do(string folder, string program, string[] arguments)
    {
        (int code, string said) = InstalledProgram.Execute(program, arguments, folder);
        Assert.That(code, Is.Zero, said);
    }
}
