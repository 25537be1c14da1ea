using System.Text.RegularExpressions;
using System.Xml.Linq;
using Vpio.Repository.Tests;

namespace Vpio.Documentation.Tests.Shown;

/// <summary>Holds the picture of <c>vpio run</c> to what a run shows. With <c>VPIO_PICTURES=draw</c> it is drawn anew.</summary>
[TestFixture]
internal sealed partial class RunPictureTests
{
    private const string Picture = "docs/vpio-run.svg";

    [Test]
    public void ThePictureShowsWhatARunShows()
    {
        bool anew = Environment.GetEnvironmentVariable("VPIO_PICTURES") == "draw";
        string drawn = RunPicture.Draw(TimeSpan.FromSeconds(anew ? 5 : 0.5));
        if (anew)
            File.WriteAllText(Path.Combine(Checkout.Root, Picture), drawn);
        Assert.That(WordsOf(Checkout.Read(Picture)), Is.EqualTo(WordsOf(drawn)), $"{Picture} is stale: VPIO_PICTURES=draw draws it anew.");
    }

    // Who has the device and how much it did differs from run to run; what is told of whom does not.
    private static IEnumerable<string> WordsOf(string picture) =>
        XDocument.Parse(picture).Descendants().Where(each => each.Name.LocalName is "text" or "title").Select(each => Varying().Replace(each.Value, "…")).Where(text => text != "*").Distinct().Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\b((owned by|asked back from) \S+ #\d+|(holds|asked|waits|starts|sleeps|done)\b)|[-#\d][\d.,:%]*( ?(us|ms|s)\b)?")]
    private static partial Regex Varying();
}
