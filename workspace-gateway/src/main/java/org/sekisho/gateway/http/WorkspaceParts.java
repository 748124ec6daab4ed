package org.sekisho.gateway.http;

import org.sekisho.gateway.workspace.BroughtImages;
import org.sekisho.gateway.workspace.Homes;
import org.sekisho.gateway.workspace.Images;
import org.sekisho.gateway.workspace.Sandboxes;
import org.sekisho.gateway.workspace.Workspaces;

/** What routes ask about workspaces. */
public record WorkspaceParts(
        Workspaces workspaces, Sandboxes sandboxes, Images images, BroughtImages brought, Homes homes) {}
