using System.Globalization;

namespace Vpio.Tool.Run;

/// <summary>Is the weights of the guests, as the command line lists them: the list repeats over the guests.</summary>
/// <param name="Text">The list, such as <c>1,2,4</c>; null: every guest has weight 1.</param>
internal readonly record struct GuestWeights(string? Text)
{
    private const int Least = 1;
    private const int Most = 16;

    /// <summary>Reads a list.</summary>
    /// <param name="text">Whole numbers from 1 to 16, between commas.</param>
    /// <param name="weights">The weights.</param>
    /// <returns>False for any other text.</returns>
    internal static bool TryParse(string text, out GuestWeights weights)
    {
        weights = new GuestWeights(text);
        return text.Split(',').All(part =>
            int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int weight) && weight is >= Least and <= Most);
    }

    /// <summary>Gets the list.</summary>
    internal IReadOnlyList<int> List => Text is null ? [Least] : [.. Text.Split(',').Select(part => int.Parse(part, CultureInfo.InvariantCulture))];

    /// <summary>Finds the weight of a guest.</summary>
    /// <param name="guest">Its place among the guests, from 0 on.</param>
    /// <returns>Its weight, 1 to 16.</returns>
    internal int Of(int guest) => List[guest % List.Count];
}
