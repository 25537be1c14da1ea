namespace Vpio.Package.Tests;

/// <summary>Declares an ABI with the packages: its layout and its shared words are checked, and what files record of it cannot change unnoticed.</summary>
internal sealed class AbiOfOnesOwnTests
{
    private const string Page = """
        using System.Runtime.InteropServices;
        using Vpio.Abi.Layout;

        [AbiNumbers]
        public enum PlotterOp : uint
        {
            Home = 0,
            Draw = 1,
        }

        [AbiStruct, StructLayout(LayoutKind.Explicit, Size = 16)]
        public struct PlotterPage
        {
            [FieldOffset(0), SharedWord]
            public ulong Busy;

            [FieldOffset(8)]
            public ulong Strokes;
        }

        """;

    private const string Mistakes = """
        [AbiStruct, StructLayout(LayoutKind.Explicit, Size = 16)]
        public struct PlotterOrder
        {
            [FieldOffset(0)]
            public ushort Kind;

            [FieldOffset(8)]
            public ulong Iova;
        }

        public static class Plotting
        {
            public static bool IsBusy(in PlotterPage page) => page.Busy != 0;
        }

        """;

    // Nothing but the guest driver is referenced: what it brings along must be enough.
    [Test]
    public void WhatIsWrongIsReportedAndRepaired()
    {
        AuthorsProject project = AuthorsProject.New("abi-mistakes", ["classlib"], "Vpio.GuestDriver");
        project.Write("Class1.cs", Page + Mistakes);
        Assert.That(Said(project.Build("--no-restore")), Is.EqualTo(new[] { "Class1.cs:27 error VPIO2003", "Class1.cs:32 error VPIO2006" }));
        project.Fix("VPIO2003", "VPIO2006");
        Assert.That(project.Build("--no-restore"), Is.EqualTo((true, Array.Empty<Report>())));
        Assert.That(project.Read("Class1.cs"), Does.Contain("Volatile.Read(in page.Busy)").And.Contain("Reserved0"));
    }

    [Test]
    public void WhatFilesRecordCannotChangeUnnoticed()
    {
        AuthorsProject project = AuthorsProject.New("abi-recorded", ["classlib"], "Vpio.GuestDriver");
        project.Write("Class1.cs", Page);
        Assert.That(project.Build("--no-restore"), Is.EqualTo((true, Array.Empty<Report>())), "without the files nothing is held to them");

        project.Write("Abi.Shipped.txt", "");
        project.Write("Abi.Unshipped.txt", "");
        Assert.That(Said(project.Build("--no-restore")), Is.Not.Empty.And.All.EndsWith("error VPIO2005"));
        project.Fix("VPIO2005");
        Assert.That(project.Read("Abi.Unshipped.txt"), Does.Contain("field PlotterPage.Busy at 0 ulong").And.Contain("number PlotterOp.Draw = 1"));
        Assert.That(project.Build("--no-restore"), Is.EqualTo((true, Array.Empty<Report>())));

        project.Write("Directory.Build.props", "<Project><PropertyGroup><VpioAbiRelease>true</VpioAbiRelease></PropertyGroup></Project>");
        Assert.That(Said(project.Build("--no-restore")), Is.Not.Empty.And.All.EndsWith("error VPIO2005"), "a release ships first");
        project.Fix("VPIO2005");
        Assert.That(project.Read("Abi.Shipped.txt"), Does.Contain("field PlotterPage.Busy at 0 ulong"));
        Assert.That(project.Build("--no-restore"), Is.EqualTo((true, Array.Empty<Report>())));

        project.Write("Class1.cs", Page.Replace("Draw = 1", "Draw = 2"));
        Assert.That(Said(project.Build("--no-restore")), Is.EqualTo(new[] { "Class1.cs:8 error VPIO2005" }));
    }

    private static IEnumerable<string> Said((bool Succeeded, Report[] Reports) build)
    {
        Assert.That(build.Succeeded, Is.False);
        return build.Reports.Select(report => $"{report}");
    }
}
