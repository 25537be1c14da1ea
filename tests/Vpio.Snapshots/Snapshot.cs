using System.Text;
using DiffEngine;

namespace VerifyTests;

/// <summary>Is what was verified and what was received now: two files beside a test.</summary>
/// <param name="path">Both, up to the ending.</param>
/// <param name="extension">What they end with.</param>
internal sealed class Snapshot(string path, string extension)
{
    // As Verify writes: with a mark of its encoding, and line feeds.
    private static readonly UTF8Encoding Encoding = new(encoderShouldEmitUTF8Identifier: true);

    private readonly string _verified = $"{path}.verified.{extension}";
    private readonly string _received = $"{path}.received.{extension}";

    // A diff tool on a build server has nobody who would close it.
    private static bool IsBuildServer => Environment.GetEnvironmentVariable("CI") is { Length: > 0 } || BuildServerDetector.Detected;

    public static Snapshot Of(VerifySettings settings, string sourceFile, string extension) => new(SnapshotName.PathOf(settings, sourceFile), extension);

    public async Task Verify(string? target, VerifySettings settings)
    {
        string received = Scrubbed(target, settings);
        bool isThere = File.Exists(_verified);
        string verified = isThere ? Lines(await File.ReadAllTextAsync(_verified)) : string.Empty;
        if (isThere && verified == received)
        {
            File.Delete(_received);
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(_verified)!);
        if (settings.IsAccepted)
        {
            await File.WriteAllTextAsync(_verified, received, Encoding);
            File.Delete(_received);
            return;
        }

        await File.WriteAllTextAsync(_received, received, Encoding);
        if (!IsBuildServer)
            await DiffRunner.LaunchAsync(_received, _verified);
        throw new VerifyException(SnapshotMessage.Of(_verified, _received, isThere ? verified : null, received));
    }

    private static string Scrubbed(string? target, VerifySettings settings)
    {
        // An empty text would make a file that nobody sees in a review.
        StringBuilder text = new(target switch { null => "null", "" => "emptyString", _ => Lines(target) });
        foreach (Action<StringBuilder> scrub in settings.Scrubbers)
            scrub(text);
        return Lines(text.ToString());
    }

    private static string Lines(string text) => text.ReplaceLineEndings("\n");
}
