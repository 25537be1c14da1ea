using System.Runtime.CompilerServices;
using VerifyTests;

namespace VerifyNUnit;

/// <summary>Compares a text with the one that was verified before.</summary>
public static class Verifier
{
    /// <summary>Verifies a text, kept with the ending txt.</summary>
    public static SettingsTask Verify(string? target, VerifySettings? settings = null, [CallerFilePath] string sourceFile = "") =>
        Verify(target, "txt", settings, sourceFile);

    /// <summary>Verifies a text, kept with an ending of its own.</summary>
    public static SettingsTask Verify(string? target, string extension, VerifySettings? settings = null, [CallerFilePath] string sourceFile = "") =>
        new(settings, current => Snapshot.Of(current, sourceFile, extension).Verify(target, current));
}
