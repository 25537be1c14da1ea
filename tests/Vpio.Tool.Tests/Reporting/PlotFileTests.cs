using Vpio.Tool.Reporting;

namespace Vpio.Tool.Tests.Reporting;

/// <summary>Holds that the file of a picture is what it was until the picture is there: whoever gives up meanwhile loses nothing.</summary>
[TestFixture]
internal sealed class PlotFileTests : FolderFixture
{
    private static readonly byte[] Picture = [1, 2, 3];

    private string PathOfPlot => Path.Combine(Folder, "plot.svg");

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
