using Vpio.Tool.Reporting;

namespace Vpio.Tool.Tests.Reporting;

/// <summary>Holds that the file of a picture is what it was until the picture is there: whoever gives up meanwhile loses nothing.</summary>
[TestFixture]
internal sealed class PlotFileTests
{
    private static readonly byte[] Picture = [1, 2, 3];

    private string _folder = null!;

    private string PathOfPlot => Path.Combine(_folder, "plot.svg");

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("vpio-plot-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void WhereNothingWasNothingIsLeft()
    {
        PlotFile.At(PathOfPlot);
        Assert.That(File.Exists(PathOfPlot), Is.False);
    }

    [Test]
    public void WhatWasThereStaysUntilThePictureReplacesItWhole()
    {
        byte[] before = [9, 9, 9, 9, 9];
        File.WriteAllBytes(PathOfPlot, before);
        PlotFile plot = PlotFile.At(PathOfPlot);
        Assert.That(File.ReadAllBytes(PathOfPlot), Is.EqualTo(before));
        plot.Write(Picture);
        Assert.That(File.ReadAllBytes(PathOfPlot), Is.EqualTo(Picture));
    }
}
