namespace Vpio.Analyzers.Tests.Robustness;

/// <summary>Makes of code what an editor has between two keys: something is missing, doubled or in the wrong place.</summary>
internal static class SpoiltCode
{
    /// <summary>Spoils a file in up to five places.</summary>
    /// <param name="tokens">Its tokens.</param>
    /// <param name="random">Where the chance comes from.</param>
    public static string Spoil(string[] tokens, Random random)
    {
        List<string> spoilt = [.. tokens];
        for (int left = random.Next(1, 6); left > 0; left--)
        {
            int at = random.Next(spoilt.Count), other = random.Next(spoilt.Count);
            switch (random.Next(4))
            {
                case 0: spoilt.RemoveAt(at); break;
                case 1: spoilt.Insert(at, spoilt[other]); break;
                case 2: (spoilt[at], spoilt[other]) = (spoilt[other], spoilt[at]); break;
                default: spoilt.RemoveRange(at, Math.Min(random.Next(1, 12), spoilt.Count - at)); break;
            }
        }

        return string.Join('\n', spoilt);
    }
}
