import { GetExecutionHistoryCommand, paginateListExecutions, SFNClient } from '@aws-sdk/client-sfn';
import { FUNCTION_NAMES, FUNCTION_SPECS, type FunctionName } from '../../functions/function-specs.ts';
import { HTTP_ROUTES } from '../../functions/http-routes.ts';
import { createStory } from '../../sandbox/demo/story.ts';
