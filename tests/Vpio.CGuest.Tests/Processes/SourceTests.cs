using System.Reflection;
using System.Text.RegularExpressions;
using Vpio.Jobs;
using Vpio.Programs;
using Vpio.Tool.Accounting;

namespace Vpio.CGuest.Tests.Processes;

/// <summary>Holds the sources of the guest's program in C to the compilers, and to the job as the tool declares it.</summary>
internal sealed class SourceTests
{
    // What only domain 0 says, and what the layout of the tool alone decides.
    private static readonly string[] NotInC = ["ReportEntries", "FirstRing", "ReportBytes", "FrameEntryBytes", "DestinationBytes"];

    [TestCase("gcc")]
    [TestCase("clang")]
    public void ItCompilesWithoutAWarning(string compiler)
    {
        InstalledProgram.Demand(compiler);
        Assert.That(CProgram.Compile(compiler, Path.Combine(CProgram.Folder, compiler + "-guest"), CProgram.Sources), Does.Exist);
    }

    [Test, Combinatorial]
    public void WhatRunsInAMachineNeedsNoLibrary([Values("gcc", "clang")] string compiler, [ValueSource(typeof(CProgram), nameof(CProgram.MachineSources))] string source)
    {
        InstalledProgram.Demand(compiler);
        CProgram.CompileFreestanding(compiler, source);
    }

    [Test]
    public void TheJobInCHasTheOffsetsAndNumbersOfTheTool()
    {
        (string Name, string C, ulong Value)[] declared = [.. Declared()];
        Assert.That(declared, Has.Length.GreaterThan(40));
        IEnumerable<string> prints = declared.Select(each => $"    printf(\"{each.Name} %llu\\n\", (unsigned long long)({each.C}));");
        string program = $"#include <stdio.h>\n#include \"vpio_job.h\"\nint main(void)\n{{\n{string.Join('\n', prints)}\n    return 0;\n}}\n";
        Assert.That(CProgram.Run(program), Is.EqualTo(declared.Select(each => $"{each.Name} {each.Value}")));
    }

    [Test]
    public void TheDigestInCIsThatOfTheTool()
    {
        const int Most = 200;
        const string Program = """
            #include <stdio.h>
            #include "vpio_digest.h"
            int main(void)
            {
                static uint8_t bytes[200];
                uint32_t i;
                for (i = 0; i <= 200; i++) {
                    printf("%016llx\n", (unsigned long long)vpio_digest(bytes, i));
                    if (i < 200)
                        bytes[i] = (uint8_t)(i * 37U + 11U);
                }
                return 0;
            }

            """;
        byte[] bytes = [.. Enumerable.Range(0, Most).Select(i => (byte)((i * 37) + 11))];
        Assert.That(CProgram.Run(Program, "vpio_digest.c"), Is.EqualTo(Enumerable.Range(0, Most + 1).Select(length => $"{FrameDigest.Of(bytes.AsSpan(0, length)):x16}")));
    }

    private static IEnumerable<(string Name, string C, ulong Value)> Declared()
    {
        foreach (FieldInfo each in typeof(JobLayout).GetFields(BindingFlags.Static | BindingFlags.Public).Where(each => each.IsLiteral && !NotInC.Contains(each.Name)))
            yield return (each.Name, Expression(each), Convert.ToUInt64(each.GetRawConstantValue(), null));
        foreach (JobPhase phase in Enum.GetValues<JobPhase>())
            yield return ($"JobPhase.{phase}", $"VPIO_JOB_PHASE_{Snake($"{phase}").ToUpperInvariant()}", (ulong)phase);
        foreach (GuestActivity activity in Enum.GetValues<GuestActivity>().Where(activity => activity <= GuestActivity.Failed))
            yield return ($"GuestActivity.{activity}", $"VPIO_JOB_ACTIVITY_{Snake($"{activity}").ToUpperInvariant()}", (ulong)activity);
        yield return ("FrameEntryBytes", "sizeof(struct vpio_job_frame)", JobLayout.FrameEntryBytes);
    }

    private static string Expression(FieldInfo field) => field.Name switch
    {
        nameof(JobLayout.MagicValue) => "VPIO_JOB_MAGIC",
        nameof(JobLayout.VersionValue) => "VPIO_JOB_VERSION",
        nameof(JobLayout.NoDevice) or nameof(JobLayout.FailureBytes) or nameof(JobLayout.Repeats) or nameof(JobLayout.Hog) or nameof(JobLayout.Receives)
            => $"VPIO_JOB_{Snake(field.Name).ToUpperInvariant()}",
        _ => $"offsetof(struct vpio_job, {Snake(field.Name)})",
    };

    private static string Snake(string name) => Regex.Replace(name, "(?<=[a-z0-9])[A-Z]", "_$0").ToLowerInvariant();
}
