using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Vpio.Tool.Run;

/// <summary>Builds a program in C from sources that come with the tool, once: it is kept in the user's cache, under a name that follows from its contents.</summary>
/// <param name="recipe">How it is built.</param>
/// <param name="sources">The sources, by the names of their files, with their folders.</param>
/// <param name="cache">The folder of everything that is kept for the user.</param>
/// <param name="compiler">The compiler, gcc or one that understands the same.</param>
internal sealed class CProgram(CRecipe recipe, IReadOnlyDictionary<string, string> sources, string cache, string compiler = "gcc")
{
    private const string Resources = "Vpio.Tool.C.";

    /// <summary>Gets the program of a guest in a process of its own.</summary>
    internal static CProgram Guest => OfThisTool(CRecipe.Guest);

    /// <summary>Gets the program of a guest in a virtual machine: an image.</summary>
    internal static CProgram Machine => OfThisTool(CRecipe.Machine);

    /// <summary>Gets the names of the files that it is built from.</summary>
    internal IEnumerable<string> Sources => sources.Keys;

    /// <summary>Builds it, unless that was done before.</summary>
    /// <returns>The path of the program.</returns>
    /// <exception cref="UsageException">There is no compiler, it refuses the sources, or there is no place to keep the program in.</exception>
    internal string Build() => TryBuild() ?? throw new UsageException($"{recipe.For} needs {compiler}, which is not here; install it, or use {recipe.Otherwise}.");

    /// <summary>Builds it, unless that was done before, if there is a compiler.</summary>
    /// <returns>The path of the program; <see langword="null"/>: there is no compiler.</returns>
    /// <exception cref="UsageException">The compiler refuses the sources, or there is no place to keep the program in.</exception>
    internal string? TryBuild()
    {
        string folder = Path.Combine(cache, "vpio", $"c-{Key()}");
        string program = Path.Combine(folder, recipe.Product);
        if (File.Exists(program))
            return program;
        string building = folder + "." + Path.GetRandomFileName();
        try
        {
            Directory.CreateDirectory(building);
            foreach ((string name, string text) in sources)
                Write(Path.Combine(building, name), text);
            if (!TryCompile(building))
                return null;
            Publish(building, folder, program);
            return program;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"the guest's program in C cannot be kept in {cache} ({failure.Message.TrimEnd('.')}); let XDG_CACHE_HOME name a folder that can be written.");
        }
        finally
        {
            if (Directory.Exists(building))
                Directory.Delete(building, recursive: true);
        }
    }

    private static CProgram OfThisTool(CRecipe recipe)
    {
        System.Reflection.Assembly tool = typeof(CProgram).Assembly;
        IEnumerable<string> names = tool.GetManifestResourceNames().Where(name => name.StartsWith(Resources, StringComparison.Ordinal));
        return new CProgram(recipe, names.Where(name => recipe.Needs(name[Resources.Length..])).ToDictionary(name => name[Resources.Length..], name => ReadResource(tool, name)), UserCache());
    }

    private static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private string Key()
    {
        var all = new StringBuilder($"{RuntimeInformation.RuntimeIdentifier}\n{compiler} {string.Join(' ', recipe.Options)}\n");
        foreach ((string name, string text) in sources.OrderBy(source => source.Key, StringComparer.Ordinal))
            all.Append(name).Append('\0').Append(text).Append('\0');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all.ToString())))[..32];
    }

    private bool TryCompile(string folder)
    {
        var start = new ProcessStartInfo(compiler) { WorkingDirectory = folder, RedirectStandardError = true };
        start.Environment["TMPDIR"] = folder; // What the compiler leaves there when it is killed goes with the folder.
        IEnumerable<string> compiled = sources.Keys.Where(name => name.EndsWith(".c", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        foreach (string argument in (IEnumerable<string>)[.. recipe.Options, "-o", recipe.Product, .. compiled])
            start.ArgumentList.Add(argument);
        try
        {
            using Process process = Process.Start(start)!;
            string said = process.StandardError.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode != 0)
                throw new UsageException($"{compiler} cannot build the guest's program in C: {FirstComplaint(said)}; use {recipe.Otherwise}.");
            return true;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    // The move is one step: whoever finds the folder finds all of it. Another may have been faster with the same.
    private static void Publish(string building, string folder, string program)
    {
        try
        {
            Directory.Move(building, folder);
        }
        catch (IOException) when (File.Exists(program))
        {
        }
    }

    private static string FirstComplaint(string said) =>
        (said.Split('\n').FirstOrDefault(line => line.Contains("error:", StringComparison.OrdinalIgnoreCase) || line.Contains("undefined", StringComparison.Ordinal)) ?? said.Split('\n')[0]).Trim().TrimEnd('.');

    private static string ReadResource(System.Reflection.Assembly tool, string name)
    {
        using var reader = new StreamReader(tool.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    private static string UserCache() => Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } named && Path.IsPathRooted(named)
        ? named
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify), ".cache");
}
