namespace Vpio.Repository.Tests;

/// <summary>Holds the specification to its own promise: each MUST has an id, each id a test. That the tests exist is held by <see cref="CitationsTests"/>.</summary>
[TestFixture]
internal sealed class ObligationsTests
{
    private const string Sound = """
        # A page

        A guest MUST look [A1]. It MAY sleep,
        and MUST NOT do so
        longer than it was told to [A2]: nobody waits.

        | Memory | Rule |
        | --- | --- |
        | a page | MUST be read [A3] |

        `MUST` and `[A9]` in code are no rules.

        ## What is tested

        | Id | Promise | Test |
        | --- | --- | --- |
        | A1 | it looks | `LookTests.ItLooks` |
        | A2 | it wakes | `SleepTests.ItWakes`, `SleepTests.ItSleeps` |
        | A3 | it reads | `ReadTests.ItReads` |

        ### Besides

        | Promise | Test |
        | --- | --- |
        | it is there | `ThereTests` |
        """;

    private static IEnumerable<string> Pages => Checkout.Files(".md").Where(path => path.StartsWith("docs/", StringComparison.Ordinal));

    [TestCaseSource(nameof(Pages))]
    public void EachMustHasAnIdAndEachIdAMust(string page) => Assert.That(Obligations.TextFaults(MarkdownPage.Load(page)), Is.Empty);

    [TestCaseSource(nameof(Pages))]
    public void EachIdHasARowWithATestAndEachRowAnId(string page) => Assert.That(Obligations.RowFaults(MarkdownPage.Load(page)), Is.Empty);

    [Test]
    public void NoIdStandsForTwoObligations() => Assert.That(Obligations.SharedIds(Pages.Select(MarkdownPage.Load)), Is.Empty);

    [Test]
    public void TheRulesOfTheAbiAreSeen() => Assert.That(Obligations.IdsOf(MarkdownPage.Load("docs/abi.md")), Has.Exactly(1).EqualTo("V1").And.Some.EqualTo("P1").And.Some.EqualTo("D2"));

    [Test]
    public void APlantedPageThatIsSoundIsSound()
    {
        MarkdownPage page = new("PLANTED.md", Sound);
        Assert.That(Obligations.IdsOf(page), Is.EqualTo(new[] { "A1", "A2", "A3" }));
        Assert.That(FaultsOf(Sound), Is.Empty);
    }

    [TestCase("look [A1].", "look.", ExpectedResult = 2, Description = "a MUST without id, and a row of nothing")]
    [TestCase("look [A1].", "look, and MUST wait [A1].", ExpectedResult = 1, Description = "a MUST that leaves its id to another")]
    [TestCase("look [A1].", "look [A1] [A2].", ExpectedResult = 2, Description = "two ids, one of them another's")]
    [TestCase("look [A1].", "look [A1]. So it is [A4].", ExpectedResult = 2, Description = "an id without MUST and without row")]
    [TestCase("told to [A2]:", "told to.\n\n[A2]:", ExpectedResult = 2, Description = "an id in the next paragraph")]
    [TestCase("read [A3]", "read [A1]", ExpectedResult = 2, Description = "a shared id, and a row of nothing")]
    [TestCase("| A1 |", "| A4 |", ExpectedResult = 2, Description = "an id without row, a row without id")]
    [TestCase("| A1 |", "| A2 |", ExpectedResult = 2, Description = "an id without row, and one with two")]
    [TestCase("`LookTests.ItLooks`", "seen by looking", ExpectedResult = 1, Description = "a row without test")]
    [TestCase("`LookTests.ItLooks`", "`LookTests`", ExpectedResult = 1, Description = "a row that names no single test")]
    [TestCase("## What is tested", "## What is not", ExpectedResult = 3, Description = "no rows at all")]
    public int APlantedFaultIsFound(string sound, string faulty)
    {
        Assert.That(Sound.Contains(sound, StringComparison.Ordinal), "the page has what is to be spoiled");
        return FaultsOf(Sound.Replace(sound, faulty, StringComparison.Ordinal)).Count();
    }

    private static IEnumerable<string> FaultsOf(string text)
    {
        MarkdownPage page = new("PLANTED.md", text);
        return [.. Obligations.TextFaults(page), .. Obligations.RowFaults(page), .. Obligations.SharedIds([page])];
    }
}
