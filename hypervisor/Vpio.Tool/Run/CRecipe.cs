namespace Vpio.Tool.Run;

/// <summary>Says how a program in C is built: of which sources, with which options, into what.</summary>
/// <param name="Product">The name of its file.</param>
/// <param name="For">What it is needed for, as a command line says it.</param>
/// <param name="Otherwise">What can be used without it.</param>
/// <param name="Options">What the compiler is told besides.</param>
/// <param name="NotNeeded">The sources that it does without, or the folder that they are in.</param>
internal sealed record CRecipe(string Product, string For, string Otherwise, IReadOnlyList<string> Options, params string[] NotNeeded)
{
    /// <summary>Gets how the program of a guest in a process of its own is built.</summary>
    internal static CRecipe Guest { get; } = new(
        "vpio-guest", "--guest-kind c", "--guest-kind process", ["-std=gnu11", "-O2", "-pthread", "-I."], "machine/");

    /// <summary>Gets how the program of a guest in a virtual machine is built: with nothing below it, and without registers that a handler would have to save.</summary>
    internal static CRecipe Machine { get; } = new(
        "vpio-machine",
        "--guest-kind kvm",
        "--guest-kind process",
        [
            "-std=gnu11", "-O2", "-ffreestanding", "-nostdlib", "-static", "-fno-pic", "-no-pie", "-mno-red-zone", "-mgeneral-regs-only", "-fno-stack-protector",
            "-fcf-protection=none", "-fno-asynchronous-unwind-tables", "-Wl,--build-id=none",
            "-Wl,--orphan-handling=error", // What the script places nowhere would come to lie behind the image, and not be loaded.
            "-T", "machine/vpio_machine.ld", "-I.",
        ],
        "vpio_guest_main.c", "vpio_process_port.c");

    /// <summary>Tells whether it is built of a source.</summary>
    /// <param name="source">The source's name.</param>
    internal bool Needs(string source) => !NotNeeded.Any(each => source.StartsWith(each, StringComparison.Ordinal));
}
