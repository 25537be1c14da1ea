namespace Vpio.Tool.Run;

/// <summary>Numbers the ways in which the command ends. Scripts rely on them.</summary>
internal static class ExitCode
{
    /// <summary>Every frame is accounted for, and every frame of the input was carried.</summary>
    internal const int Success = 0;

    /// <summary>The run failed its own accounting, or could not write what it should.</summary>
    internal const int Failed = 1;

    /// <summary>The command line or the input cannot be used; nothing was run.</summary>
    internal const int Usage = 2;

    /// <summary>The run is sound, but some frames of the input were not carried, each counted with its reason.</summary>
    internal const int NotAllCarried = 3;

    /// <summary>Two versions of the ABI differ so that sources must be changed.</summary>
    internal const int SourceBreaking = 4;

    /// <summary>Two versions of the ABI do not understand each other.</summary>
    internal const int WireBreaking = 5;

    /// <summary>Something was added to the ABI under the same version number.</summary>
    internal const int VersionSilent = 6;

    /// <summary>The hypervisor of this guest's process has ended.</summary>
    internal const int HypervisorEnded = 7;

    /// <summary>Ended by SIGHUP (128 + 1), as shells number it: the terminal was closed.</summary>
    internal const int HungUp = 129;

    /// <summary>Ended by SIGINT (128 + 2), as shells number it.</summary>
    internal const int Interrupted = 130;

    /// <summary>Ended by SIGTERM (128 + 15), as shells number it.</summary>
    internal const int Terminated = 143;

    /// <summary>Decides how a run ends. A failure of our own outranks a signal, and a signal what was not carried because of it.</summary>
    /// <param name="isOk">Whether every frame is accounted for, and the output is whole.</param>
    /// <param name="signal">The exit code of the signal that ended the run; null when none did.</param>
    /// <param name="notCarried">How many frames of the input were not carried.</param>
    /// <returns>One of the codes above.</returns>
    internal static int Of(bool isOk, int? signal, long notCarried)
    {
        if (!isOk)
            return Failed;
        if (signal is { } code)
            return code;
        return notCarried > 0 ? NotAllCarried : Success;
    }
}
